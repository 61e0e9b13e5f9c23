import type { ContactId, UserId } from '@ringdown/core/kernel'
import type { LiveCall } from './live-call.ts'

/** The calls of this gateway, found by contact, by media leg or by agent. */
export type LiveCalls = {
  readonly size: number
  add(call: LiveCall): void
  remove(call: LiveCall): void
  get(contactId: ContactId): LiveCall | undefined
  /** By the caller's leg, or the leg of the agent or of his ringing phone. */
  byLeg(legId: string): LiveCall | undefined
  byAgent(agentId: UserId): LiveCall | undefined
  all(): LiveCall[]
}

export function liveCalls(): LiveCalls {
  const calls = new Map<ContactId, LiveCall>()
  const byCallerLeg = new Map<string, LiveCall>()
  return {
    get size() {
      return calls.size
    },
    add(call) {
      calls.set(call.contact.contactId, call)
      byCallerLeg.set(call.legId, call)
    },
    remove(call) {
      calls.delete(call.contact.contactId)
      byCallerLeg.delete(call.legId)
    },
    get: (contactId) => calls.get(contactId),
    byLeg: (legId) =>
      byCallerLeg.get(legId) ??
      calls.values().find(({ agent, ringing }) => agent?.legId === legId || ringing?.legId === legId),
    byAgent: (agentId) => calls.values().find(({ agent }) => agent?.agentId === agentId),
    all: () => [...calls.values()],
  }
}
