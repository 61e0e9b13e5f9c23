import { createSocket } from 'node:dgram'
import { type Endpoint, parseUri } from '../phone/address.ts'

type Environment = Record<string, string | undefined>

/** Whom to call when `--to` does not say it: 4000 where `npm start` with the same settings would listen. */
export function defaultTarget({ RINGDOWN_HOST, RINGDOWN_SIP_PORT }: Environment): string {
  const host = RINGDOWN_HOST || '127.0.0.1'
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `sip:4000@${reachable.includes(':') ? `[${reachable}]` : reachable}:${RINGDOWN_SIP_PORT || 5060}`
}

/** `4000`, `4000@host:port` or a whole URI, completed by the default. Throws an Error that names --to. */
export function completeTarget(to: string | undefined, environment: Environment): string {
  const usual = defaultTarget(environment)
  if (to === undefined) return usual
  const uri = /^sips?:/i.test(to)
    ? to
    : to.includes('@')
      ? `sip:${to}`
      : `sip:${to}@${usual.slice(usual.indexOf('@') + 1)}`
  try {
    parseUri(uri)
  } catch {
    throw new Error(`--to: "${to}" is neither a number nor sip:number@host:port`)
  }
  return uri
}

/** Which own address leads there, and whether its system says that nobody listens (ICMP port unreachable). */
export async function reach({ host, port }: Endpoint): Promise<{ localHost: string; refused: boolean }> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.once('connect', resolve)
      socket.connect(port, host)
    })
    const localHost = socket.address().address
    const refused = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), 200)
      socket.once('error', () => {
        clearTimeout(timer)
        resolve(true)
      })
      socket.send('\r\n\r\n') // RFC 5626 3.5.1: a keep-alive that every SIP server passes over
    })
    return { localHost, refused }
  } finally {
    socket.close()
  }
}
