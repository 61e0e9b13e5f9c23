import { parameter } from '../message/parameters.ts'
import { parseVia } from '../message/via.ts'
import type { Seal } from './seal.ts'

const prefix = 'z9hG4bKrelay'

/**
 * The branch of a relayed request: the same for its repetitions, its CANCEL and its ACK (RFC 3261 section 16.11), and a
 * seal on where responses go, because nothing else remembers it. `below` is the Via under ours, with its true source.
 */
export function relayBranch(seal: Seal, below: string): string {
  const via = parseVia(below)
  if (!via) return prefix
  const source = [via.transport, via.host, via.port ?? '', via.branch].join(' ')
  const seen = `${parameter(via.parameters, 'received') ?? ''} ${parameter(via.parameters, 'rport') ?? ''}`
  return `${prefix}${seal.of('via', `${source} ${seen}`)}`
}

/** Whether a response that carries this branch answers a request that was relayed for the Via below. */
export function isRelayBranch(seal: Seal, branch: string, below: string): boolean {
  return branch.startsWith(prefix) && branch.length > prefix.length && branch === relayBranch(seal, below)
}
