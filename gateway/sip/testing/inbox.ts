import type { SipMessage } from '../src/message/message.ts'

/** How long a test waits for a message before it fails. */
const patienceMs = 5000

/** Messages that have come, for tests that wait for one of them. */
export class Inbox {
  private readonly messages: SipMessage[] = []
  private readonly waiting = new Set<() => void>()

  add(message: SipMessage): void {
    this.messages.push(message)
    for (const check of this.waiting) check()
  }

  /** The next message whose start line has this text in it. */
  next(text: string): Promise<SipMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(check)
        reject(new Error(`nothing with '${text}' came`))
      }, patienceMs)
      const check = () => {
        const index = this.messages.findIndex(({ head }) => head.slice(0, head.indexOf('\r\n')).includes(text))
        const found = this.messages[index]
        if (!found) return
        this.messages.splice(index, 1)
        this.waiting.delete(check)
        clearTimeout(timer)
        resolve(found)
      }
      this.waiting.add(check)
      check()
    })
  }
}
