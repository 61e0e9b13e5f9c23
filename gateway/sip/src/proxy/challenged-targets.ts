import type { SipMessage } from '../message/message.ts'

const keptMs = 300_000
const most = 1000

const nonce = /[\s,]nonce\s*=\s*"([^"]+)"/i

/**
 * Which of several destinations asked for credentials: the caller's second request has to go to the one whose nonce it
 * answers (wire protocol, section 8.7).
 */
export class ChallengedTargets {
  private readonly byNonce = new Map<string, { readonly target: string; readonly until: number }>()

  remember(challenge: SipMessage, target: string, now: number): void {
    for (const key of ['www-authenticate', 'proxy-authenticate']) {
      const given = nonce.exec(challenge.headers.get(key) ?? '')?.[1]
      if (given === undefined) continue
      const [oldest] = this.byNonce.keys()
      if (this.byNonce.size >= most && oldest !== undefined) this.byNonce.delete(oldest)
      this.byNonce.set(given, { target, until: now + keptMs })
    }
  }

  /** The destination that the credentials of this request are for. */
  find(request: SipMessage, now: number): string | undefined {
    if (this.byNonce.size === 0) return undefined
    for (const key of ['authorization', 'proxy-authorization']) {
      const entry = this.byNonce.get(nonce.exec(request.headers.get(key) ?? '')?.[1] ?? '')
      if (entry && entry.until > now) return entry.target
    }
    return undefined
  }
}
