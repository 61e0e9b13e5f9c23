import type { ContactEvent } from '@ringdown/core/events'

export type SpanKind = 'ivr' | 'wait' | 'ring' | 'talk' | 'hold' | 'survey' | 'wrapUp'
export type Span = { kind: SpanKind; fromAt: number; toAt: number }
export type Course = { fromAt: number; toAt: number; caller: Span[]; wrapUp: Span[] }

/** What the caller went through, without gaps, and the agents' wrap-up beside it; `now` ends what still runs. */
export function courseOf(events: readonly ContactEvent[], now: number): Course {
  const caller: Span[] = []
  const wrapUp: Span[] = []
  let open: { kind: SpanKind; fromAt: number } | null = null
  let wrapping: number | null = null
  const turn = (kind: SpanKind | null, at: number) => {
    if (open && at > open.fromAt) caller.push({ ...open, toAt: at })
    open = kind && { kind, fromAt: at }
  }
  for (const event of events) {
    const { at } = event
    switch (event.type) {
      case 'contact_started':
        turn('ivr', at)
        break
      case 'queue_entered':
        turn('wait', at)
        break
      case 'offer_made':
        turn('ring', at)
        break
      case 'offer_ended':
        if (event.outcome !== 'accepted') turn('wait', at)
        break
      case 'queue_entry_ended':
        if (event.outcome !== 'answered') turn('ivr', at)
        break
      case 'segment_started':
      case 'segment_resumed':
        turn('talk', at)
        break
      case 'segment_held':
        turn('hold', at)
        break
      case 'segment_ended':
        turn('ivr', at)
        break
      case 'survey_sent':
        turn('survey', at)
        break
      case 'contact_ended':
        turn(null, at)
        break
      case 'wrap_up_started':
        wrapping = at
        break
      case 'wrap_up_ended':
        if (wrapping !== null) wrapUp.push({ kind: 'wrapUp', fromAt: wrapping, toAt: at })
        wrapping = null
        break
    }
  }
  turn(null, now)
  if (wrapping !== null) wrapUp.push({ kind: 'wrapUp', fromAt: wrapping, toAt: now })
  const all = [...caller, ...wrapUp]
  return {
    fromAt: Math.min(...all.map((s) => s.fromAt), events[0]?.at ?? now),
    toAt: Math.max(...all.map((s) => s.toAt), events[0]?.at ?? 0),
    caller,
    wrapUp,
  }
}
