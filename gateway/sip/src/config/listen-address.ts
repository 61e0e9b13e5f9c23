import { isIP, isIPv6 } from 'node:net'
import { z } from 'zod'
import { protocols } from '../transport/flow.ts'

const shape = /^([a-z]+):(\[[0-9a-f:.]+\]|[0-9.]+):(\d{1,5})(?:\/(\S+))?$/i
const external = /^(\[[0-9a-f:.]+\]|[^\s:[\]]+)(?::(\d{1,5}))?$/i

/**
 * `udp:127.0.0.1:5060`, `tls:[::1]:5061`, each with an optional external address, with or without a port of its own:
 * `udp:10.0.0.5:5060/203.0.113.7`, `wss:10.0.0.5:8443/sip.example.com:443`.
 */
export const ListenAddress = z.string().transform((text, context) => {
  const match = shape.exec(text.trim())
  const protocol = protocols.find((known) => known === match?.[1]?.toLowerCase())
  const host = withoutBrackets(match?.[2] ?? '')
  const port = Number(match?.[3])
  const outside = match?.[4] === undefined ? undefined : readExternal(match[4])
  if (!protocol || isIP(host) === 0 || port > 65_535 || outside === 'wrong') {
    const choices = protocols.map((known) => `${known}:<ip address>:<port>`).join(', ')
    context.addIssue({ code: 'custom', message: `'${text}' is none of ${choices}` })
    return z.NEVER
  }
  return { protocol, host, port, externalHost: outside?.host, externalPort: outside?.port }
})

function readExternal(text: string): { host: string; port: number | undefined } | 'wrong' {
  if (isIPv6(text)) return { host: text, port: undefined }
  const [, host, port] = external.exec(text) ?? []
  if (host === undefined || Number(port ?? 1) > 65_535) return 'wrong'
  return { host: withoutBrackets(host), port: port === undefined ? undefined : Number(port) }
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}
