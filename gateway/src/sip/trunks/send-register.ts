import { randomUUID } from 'node:crypto'
import type { Account } from '@ringdown/core/trunk'
import type Srf from 'drachtio-srf'
import type { SrfRequest, SrfResponse } from 'drachtio-srf'
import { answerChallenge, isStale } from '../answer-challenge.ts'

/** What a registrar said in the end. */
export type RegisterOutcome =
  | { accepted: true; grantedMs: number; address: string }
  | { accepted: false; status: number | null; reason: string; retryAfterMs: number | null }

/** Registers (or, for 0 s, unregisters) until the registrar has said yes or no. */
export type SendRegister = (expiresS: number) => Promise<RegisterOutcome>

/** The SIP server gives up after 32 s (RFC 3261 timer F); if it says nothing either, so do we. */
const SILENCE_MS = 40_000
/** Challenge, stale nonce, 423: more exchanges than these are a loop. */
const MOST_EXCHANGES = 5

/**
 * A registration by one account: one Call-ID, rising CSeq (RFC 3261 10.2). Answers challenges, and asks again for as long
 * as the registrar wants at least (423, 10.3).
 * @param contactUser user part of our Contact; its host is the SIP server's
 */
export function registerSender(
  srf: Srf,
  account: Account & { contactUser: string; password: string | null },
): SendRegister {
  const callId = randomUUID()
  const tag = randomUUID().slice(0, 8)
  // From the clock, so that a restart does not go back (RFC 3261 8.1.1.5).
  let seq = Math.floor(Date.now() / 1000) & 0x7fffffff
  const domain = account.registrar.replace(/:\d+$/, '')
  const address = `<sip:${encodeURIComponent(account.username).replaceAll('%2B', '+')}@${domain}>`
  const uri = `sip:${account.registrar}`
  const login = { username: account.authUser ?? account.username, password: account.password ?? '' }

  const send = (expiresS: number, authorization: Record<string, string>) =>
    exchange(srf, uri, {
      method: 'REGISTER',
      // Keeps the request URI free of parameters, which some registrars do not expect in the digest.
      proxy: `${uri};transport=${account.transport}`,
      headers: {
        From: `${address};tag=${tag}`,
        To: address,
        'Call-ID': callId,
        CSeq: `${++seq} REGISTER`,
        Contact: `<sip:${account.contactUser}@localhost>`,
        Expires: String(expiresS),
        ...authorization,
      },
    })

  return async (expiresS) => {
    let asked = expiresS
    let authorization: Record<string, string> = {}
    for (let i = 0; i < MOST_EXCHANGES; i++) {
      const response = await send(asked, authorization)
      const { status } = response
      if (status >= 200 && status < 300) {
        const grantedMs = grantedS(response, account.contactUser, asked) * 1000
        return { accepted: true, grantedMs, address: response.source_address }
      }
      const minimum = Number(header(response, 'Min-Expires'))
      const answered = status === 401 || status === 407 ? answerTo(response, uri, login, authorization) : null
      if (answered) authorization = answered
      else if (status === 423 && minimum > asked && asked > 0) asked = minimum
      else return refusal(response)
    }
    return { accepted: false, status: null, reason: 'the registrar asks again and again', retryAfterMs: null }
  }
}

type Options = { method: string; proxy: string; headers: Record<string, string> }
/** As srf is; its types ask for more. */
type Requester = {
  request(uri: string, options: Options, sent: (error: unknown, request?: SrfRequest) => void): void
}

function exchange(srf: Srf, uri: string, options: Options): Promise<SrfResponse> {
  return new Promise((resolve, reject) => {
    const silence = setTimeout(() => reject(new Error('the SIP server says nothing')), SILENCE_MS)
    const settle = () => clearTimeout(silence)
    const requester = srf as unknown as Requester
    requester.request(uri, options, (error, request) => {
      if (error || !request) {
        settle()
        return reject(error instanceof Error ? error : new Error(String(error)))
      }
      request.on('response', (response) => {
        if (!response || response.status < 200) return
        settle()
        resolve(response)
      })
    })
  })
}

function answerTo(
  response: SrfResponse,
  uri: string,
  login: { username: string; password: string },
  before: Record<string, string>,
): Record<string, string> | null {
  const proxy = response.status === 407
  const name = proxy ? 'Proxy-Authorization' : 'Authorization'
  const challenges = header(response, proxy ? 'Proxy-Authenticate' : 'WWW-Authenticate') ?? ''
  if (before[name] !== undefined && !isStale(challenges)) return null
  const answer = answerChallenge(challenges, { method: 'REGISTER', uri }, login)
  return answer === null ? null : { ...before, [name]: answer }
}

/** What the registrar granted to our contact among all bindings of the account; else to all; else what we asked for. */
function grantedS(response: SrfResponse, contactUser: string, asked: number): number {
  const ours = new RegExp(`${contactUser}@[^,]*?;\\s*expires\\s*=\\s*"?(\\d+)`, 'i')
  const granted = ours.exec(header(response, 'Contact') ?? '')?.[1] ?? header(response, 'Expires')
  return granted === undefined || !/^\d+$/.test(granted) ? asked : Number(granted)
}

function refusal(response: SrfResponse): RegisterOutcome {
  const retryAfterS = Number.parseInt(header(response, 'Retry-After') ?? '', 10)
  return {
    accepted: false,
    status: response.status,
    reason: response.reason.slice(0, 120),
    retryAfterMs: Number.isNaN(retryAfterS) ? null : retryAfterS * 1000,
  }
}

const header = (response: SrfResponse, name: string): string | undefined =>
  response.has(name) ? response.get(name) : undefined
