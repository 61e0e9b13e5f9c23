import { parameter, withoutParameters } from './parameters.ts'
import { hostPort } from './uri.ts'

/** One Via element (RFC 3261 section 20.42). */
export type Via = {
  /** `UDP`, `TCP` … upper case. */
  readonly transport: string
  /** Lower case, IPv6 without brackets. */
  readonly host: string
  readonly port: number | undefined
  readonly parameters: string
  readonly branch: string
}

const shape =
  /^SIP\s*\/\s*\d\.\d\s*\/\s*([^\s;,/]+)\s+(\[[0-9a-f:.]+\]|[^\s:;,[\]]+)\s*(?::\s*(\d{1,5}))?\s*((?:;.*)?)$/is

/**
 * Undefined when the element is malformed: such a message can not be answered. Any version will do, because requests of
 * another version are to be answered 505.
 */
export function parseVia(element: string): Via | undefined {
  const match = shape.exec(element)
  if (!match) return undefined
  const [, transport = '', host = '', port, parameters = ''] = match
  const number = port === undefined ? undefined : Number(port)
  if (number !== undefined && (number < 1 || number > 65535)) return undefined
  return {
    transport: transport.toUpperCase(),
    host: (host.startsWith('[') ? host.slice(1, -1) : host).toLowerCase(),
    port: number,
    parameters,
    branch: parameter(parameters, 'branch') ?? '',
  }
}

/**
 * The element with the true source in it: `received` when it differs from sent-by (RFC 3261 section 18.2.1) and always
 * `rport` (RFC 3581), whatever a sender wrote there itself.
 */
export function stampVia(element: string, via: Via, source: { host: string; port: number }): string {
  const clean = withoutParameters(element, ['received', 'rport'])
  const received = via.host === source.host ? '' : `;received=${source.host}`
  return `${clean}${received};rport=${source.port}`
}

/** The Via of a request of our own. */
export function formatVia(protocol: string, host: string, port: number, branch: string): string {
  return `SIP/2.0/${protocol.toUpperCase()} ${hostPort(host, port)};rport;branch=${branch}`
}
