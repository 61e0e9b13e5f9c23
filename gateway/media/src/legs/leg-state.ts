/**
 * waiting ─heard→ connected ─silent→ lost ─heard→ connected
 *    └──────────silent────────────────↑        all ─closed→ closed
 */
export type LegState = 'waiting' | 'connected' | 'lost' | 'closed'
export type LegEvent = 'heard' | 'silent' | 'closed'

const table: Record<LegState, Partial<Record<LegEvent, LegState>>> = {
  waiting: { heard: 'connected', silent: 'lost', closed: 'closed' },
  connected: { silent: 'lost', closed: 'closed' },
  lost: { heard: 'connected', closed: 'closed' },
  closed: {},
}

/** The state after an event; undefined when the event changes nothing. */
export function nextLegState(state: LegState, event: LegEvent): LegState | undefined {
  return table[state][event]
}
