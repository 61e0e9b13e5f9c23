import type { UserId } from '@ringdown/core/kernel'
import type { Logger } from 'pino'

/** Agents whose phones could not be rung because a server of ours was away. */
export type ForsakenPhones = {
  add(agentId: UserId): void
  /** A server is back. */
  again(): void
}

/**
 * A phone that cannot be rung takes no more offers until it registers again, which may be minutes off. Where the fault was
 * ours, it is taken for working as soon as our servers are back.
 */
export function forsakenPhones(parts: {
  working(): boolean
  prove(agentId: UserId): Promise<unknown>
  log: Logger
}): ForsakenPhones {
  const { working, prove, log } = parts
  const waiting = new Set<UserId>()
  const again = () => {
    if (!working()) return
    for (const agentId of waiting) {
      waiting.delete(agentId)
      prove(agentId).catch((error: unknown) => log.error({ err: error, agentId }, 'a phone could not be taken back'))
    }
  }
  return {
    again,
    add(agentId) {
      waiting.add(agentId)
      again()
    },
  }
}
