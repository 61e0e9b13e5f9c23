import { createHmac } from 'node:crypto'

/**
 * Marks what the server wrote itself, so that it knows it again without keeping anything: a Record-Route that comes back
 * as Route, a Via that comes back in a response. Nobody else can make the mark, and it survives a restart.
 */
export class Seal {
  private readonly key: Buffer

  constructor(secret: string) {
    this.key = createHmac('sha256', 'ringdown-sip seal').update(secret).digest()
  }

  /** Sixteen hexadecimal digits over a purpose and a text. */
  of(purpose: 'dialog' | 'path' | 'via' | 'loop', text: string): string {
    return createHmac('sha256', this.key).update(`${purpose}\0${text}`, 'latin1').digest('hex').slice(0, 16)
  }
}
