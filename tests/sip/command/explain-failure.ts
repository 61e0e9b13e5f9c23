import { endpointOf, parseUri } from '../phone/address.ts'
import { type CallEnd, describeEnd } from '../phone/call-end.ts'

/** Why a call was not answered and what to do, in words. */
export function explainFailure(end: CallEnd, to: string): string {
  const { host, port } = endpointOf(to)
  if (end.how === 'no response' || end.how === 'vanished')
    return [
      `Nobody answers at ${host}:${port} (UDP). Is Ringdown running? Start it with: npm start`,
      'If it listens elsewhere, say so: --to sip:4000@host:port, or RINGDOWN_HOST and RINGDOWN_SIP_PORT as for npm start.',
    ].join('\n')
  const words = end.status === undefined ? undefined : explanations[end.status]
  return words ? `${words(parseUri(to).user)} (${end.status} ${end.phrase})` : `Not answered: ${describeEnd(end)}`
}

const explanations: Record<number, (number: string) => string> = {
  403: () => 'The server does not let this caller in: is its address among the trunks?',
  404: (number) => `Nobody there has the number ${number}: check --to and the numbers in the settings.`,
  407: () => 'The server asks for a password, and a caller has none: is its address among the trunks?',
  401: () => 'The server asks for a password, and a caller has none: is its address among the trunks?',
  480: () => 'Nobody can take the call now.',
  486: () => 'The number is busy.',
  488: () => 'No common codec: try without --codec.',
  503: () => 'The SIP server is there, but no gateway is connected to it: see the log of npm start.',
}
