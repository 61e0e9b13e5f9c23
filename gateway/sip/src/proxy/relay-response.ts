import type { Core } from '../core/core.ts'
import type { SipResponse } from '../message/message.ts'
import { parameter } from '../message/parameters.ts'
import { parseVia } from '../message/via.ts'
import { type OutgoingHeader, writeMessage } from '../message/write-message.ts'
import { isRelayBranch } from './relay-branch.ts'

/**
 * Sends a response back to where its request was relayed from (RFC 3261 sections 16.11 and 18.2.2). False when we did
 * not relay it: the branch is our seal on the next Via, so nobody can have responses sent to third parties.
 */
export function relayResponse(core: Core, response: SipResponse): boolean {
  if (!response.via.branch.startsWith('z9hG4bKrelay')) return false
  const vias = response.headers.list('via').slice(1)
  const below = vias[0] ?? ''
  const via = parseVia(below)
  if (!via || !isRelayBranch(core.seal, response.via.branch, below)) return false
  const host = parameter(via.parameters, 'received') || via.host
  const port = Number(parameter(via.parameters, 'rport') || (via.port ?? 5060))
  const back = core.transports.choose({ host, port, transport: via.transport.toLowerCase() })?.flowTo({ host, port })
  if (!back) return false
  const lines: OutgoingHeader[] = vias.map((one) => ['Via', one])
  for (const { key, name, value } of response.headers) {
    if (key !== 'via' && key !== 'content-length') lines.push([name, value])
  }
  const bytes = writeMessage(`SIP/2.0 ${response.status} ${response.reason}`, lines, response.body)
  back.send(bytes)
  return true
}
