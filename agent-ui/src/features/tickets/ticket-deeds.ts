import { type TicketState, ticketState } from '@ringdown/core/ticket'

const deeds = ['open', 'wait', 'solve', 'reopen', 'close'] as const
export type TicketDeed = (typeof deeds)[number]

/** What may be done to a ticket in this state, and where it leads: read off the ticket's own machine. */
export function ticketDeeds(state: TicketState): { deed: TicketDeed; to: TicketState }[] {
  return deeds.flatMap((deed) => {
    const result = ticketState.step({ state }, { type: deed })
    return result.ok ? [{ deed, to: result.value.state }] : []
  })
}
