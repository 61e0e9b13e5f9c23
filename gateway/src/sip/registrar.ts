import type { UserId } from '@ringdown/core/kernel'
import type Srf from 'drachtio-srf'
import type { SrfRequest, SrfResponse } from 'drachtio-srf'
import type { Logger } from 'pino'
import { challenge, type Ha1, nonces, proves, readCredentials } from './digest.ts'
import { nameAddress, userOf } from './headers.ts'
import type { PhoneBinding, PhoneBindings } from './phone-bindings.ts'

/** Registrations in seconds: shorter ones are refused (423), longer ones cut. */
const EXPIRES = { shortest: 30, usual: 300, longest: 3600 } as const

export type RegistrarParts = {
  srf: Srf
  realm: string
  secret: string
  bindings: PhoneBindings
  /** What the phone of an extension must prove; undefined: nobody's. */
  credentialsOf(extension: string): Promise<{ userId: UserId; ha1: Ha1 } | undefined>
  registered(agentId: UserId, binding: PhoneBinding): Promise<void>
  unregistered(agentId: UserId, contact: string): Promise<void>
  clock: () => number
  log: Logger
}

/** Registers agents' SIP phones (RFC 3261 10.3) with digest authentication, MD5 and SHA-256. */
export function startRegistrar(parts: RegistrarParts): Disposable {
  const { srf, log } = parts
  const book = nonces(parts.secret, parts.clock)
  const expiries = new Map<UserId, NodeJS.Timeout>()
  const desk = { ...parts, book, expiries }
  srf.use('register', (req, res) => {
    register(desk, req, res).catch((error: unknown) => {
      log.error({ err: error }, 'a phone could not be registered')
      if (!res.finalResponseSent) res.send(503, { headers: { 'Retry-After': '10' } })
    })
  })
  return {
    [Symbol.dispose]() {
      for (const timer of expiries.values()) clearTimeout(timer)
    },
  }
}

type Desk = RegistrarParts & { book: ReturnType<typeof nonces>; expiries: Map<UserId, NodeJS.Timeout> }

async function register(desk: Desk, req: SrfRequest, res: SrfResponse): Promise<void> {
  const extension = userOf(nameAddress(req.get('To')).uri)
  const credentials = readCredentials(req.get('Authorization'))
  const nonce = credentials && desk.book.check(credentials.nonce ?? '')
  if (!credentials || nonce !== 'good') return ask(desk, res, nonce === 'stale')
  const known = await desk.credentialsOf(extension)
  if (!known || credentials.username !== extension || !proves(credentials, 'REGISTER', known.ha1)) {
    desk.log.info({ extension, from: req.source_address }, 'a phone failed to prove its password')
    return res.send(403)
  }
  await bind(desk, req, res, known.userId)
}

/**
 * @NOTE srf joins two headers of one name into one line; the SIP server writes each challenge on a line of its own again
 * (RFC 3261 7.3.1 forbids the joined form). MD5 stands first: phones that know nothing else read the first challenge only
 * and give up on SHA-256 (seen with SIPp); those that can choose, choose the stronger.
 */
function ask({ realm, book }: Desk, res: SrfResponse, stale: boolean): void {
  const nonce = book.next()
  const both = (['MD5', 'SHA-256'] as const).map((algorithm) => challenge(realm, nonce, algorithm, stale))
  res.send(401, { headers: { 'WWW-Authenticate': both.join(', ') } })
}

async function bind(desk: Desk, req: SrfRequest, res: SrfResponse, userId: UserId): Promise<void> {
  const header = req.get('Contact')
  const present = await desk.bindings.find(userId)
  if (!header) return sendBinding(desk, res, present)
  const asked = /;\s*expires=(\d+)/i.exec(header)?.[1] ?? (req.has('Expires') ? req.get('Expires') : undefined)
  const seconds = Math.min(asked === undefined ? EXPIRES.usual : Number.parseInt(asked, 10) || 0, EXPIRES.longest)
  if (seconds === 0) {
    await unbind(desk, userId, present)
    return res.send(200)
  }
  if (seconds < EXPIRES.shortest) {
    return res.send(423, { headers: { 'Min-Expires': String(EXPIRES.shortest) } })
  }
  const { source_address: address } = req
  const expiresAt = desk.clock() + seconds * 1000
  const binding = { contact: nameAddress(header).uri, via: viaOf(req), address, expiresAt }
  await desk.bindings.save(userId, binding)
  expireAt(desk, userId, binding)
  await desk.registered(userId, binding)
  sendBinding(desk, res, binding)
}

async function unbind(desk: Desk, userId: UserId, binding: PhoneBinding | null): Promise<void> {
  clearTimeout(desk.expiries.get(userId))
  desk.expiries.delete(userId)
  await desk.bindings.remove(userId)
  if (binding) await desk.unregistered(userId, binding.contact)
}

/** A phone that does not come back in time is no device any more. */
function expireAt(desk: Desk, userId: UserId, binding: PhoneBinding): void {
  clearTimeout(desk.expiries.get(userId))
  const expire = async () => {
    const present = await desk.bindings.find(userId)
    if (!present || present.expiresAt <= desk.clock()) await unbind(desk, userId, binding)
  }
  const timer = setTimeout(
    () => expire().catch((error: unknown) => desk.log.error({ err: error }, 'a registration could not be expired')),
    binding.expiresAt - desk.clock() + 50,
  )
  desk.expiries.set(userId, timer.unref())
}

function sendBinding({ clock }: Desk, res: SrfResponse, binding: PhoneBinding | null): void {
  const seconds = binding && Math.max(1, Math.round((binding.expiresAt - clock()) / 1000))
  res.send(200, binding ? { headers: { Contact: `<${binding.contact}>;expires=${seconds}` } } : {})
}

/** UDP phones are called at the address they sent from; others by the connection that the SIP server keeps for them. */
function viaOf(req: SrfRequest): string | null {
  if (!/^udp$/i.test(req.protocol)) return null
  const host = req.source_address.includes(':') ? `[${req.source_address}]` : req.source_address
  return `sip:${host}:${req.source_port};transport=udp`
}
