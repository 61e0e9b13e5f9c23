import { type CallOptions, type OutgoingCall, Phone } from '../sip/index.ts'
import { numbers } from './scene.ts'

export type CallerOptions = CallOptions & {
  /** The number that calls; default that of 王建国. */
  number?: string
  /** The number called; default straight to the queue `sales`. */
  to?: string
  /** Pressed once the first prompt is heard; a key interrupts whatever is said. */
  keys?: string
}

/** Somebody who calls: a phone and its one call, answered by the IVR. */
export class Caller implements AsyncDisposable {
  readonly phone: Phone
  readonly call: OutgoingCall

  static async start(sipServer: string, options: CallerOptions = {}): Promise<Caller> {
    const { number = '13900138000', to = numbers.straight, keys, ...callOptions } = options
    const phone = await Phone.start({ user: number, domain: sipServer, server: sipServer })
    const call = await phone.call(to, callOptions)
    const caller = new Caller(phone, call)
    if (keys === undefined) return caller
    await call.untilAnswered()
    await call.audio.hearsAnything({ sinceMs: 0 })
    await call.audio.press(keys)
    return caller
  }

  private constructor(phone: Phone, call: OutgoingCall) {
    this.phone = phone
    this.call = call
  }

  get audio() {
    return this.call.audio
  }

  /** Music or a voice in the queue: the caller waits. */
  async waits(): Promise<void> {
    await this.call.untilAnswered()
    await this.audio.hearsAnything({ forMs: 700, sinceMs: 0 })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.phone.close()
  }
}
