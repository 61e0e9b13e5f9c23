import { createSocket } from 'node:dgram'
import { type Endpoint, parseUri } from '../phone/address.ts'

type Environment = Record<string, string | undefined>

/** Whom to call when `--to` does not say it: RINGDOWN_CALL_TO, else 4000 at the first UDP address of RINGDOWN_SIP_LISTEN. */
export function defaultTarget(environment: Environment): string {
  if (environment.RINGDOWN_CALL_TO) return environment.RINGDOWN_CALL_TO
  const listen = environment.RINGDOWN_SIP_LISTEN ?? 'udp:127.0.0.1:5060'
  const udp = listen.split(',').find((entry) => entry.trim().startsWith('udp:'))
  if (!udp)
    throw new Error(
      'RINGDOWN_SIP_LISTEN names no udp: address, and this caller speaks UDP; say --to sip:number@host:port',
    )
  const hostPort = udp
    .trim()
    .slice('udp:'.length)
    .replace(/\/.*$/, '')
    .replace(/^0\.0\.0\.0:/, '127.0.0.1:')
    .replace(/^\[::\]:/, '[::1]:')
  return `sip:4000@${hostPort}`
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
