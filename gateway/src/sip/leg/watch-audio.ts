import type { Signalling } from '../signalling.ts'
import type { SipLegEvents } from '../sip-leg.ts'
import type { LiveLeg } from './legs.ts'

/** How often a stranded leg is looked at, as a share of the silence it is allowed. */
const LOOKS = 5

/**
 * Gives up legs that are not heard: a silent one after its time, a stranded one sooner, because nothing but its audio can
 * tell us that the other side is still there.
 */
export function watchAudio(
  signalling: Signalling,
  leg: LiveLeg,
  events: Pick<SipLegEvents, 'silentMs' | 'heardAt'>,
): void {
  const { strandedSilentMs, clock, log } = signalling
  const silenceOver = () => leg.step({ type: 'silence_over' })
  let timer: NodeJS.Timeout | undefined
  leg.watch((now) => {
    clearInterval(timer)
    if (now.state === 'silent') timer = setTimeout(silenceOver, events.silentMs)
    if (now.state !== 'stranded') return
    const strandedAt = clock()
    const look = async () => {
      const heardAt = (await events.heardAt()) ?? 0
      if (leg.now !== now || clock() - Math.max(heardAt, strandedAt) < strandedSilentMs) return
      silenceOver()
    }
    timer = setInterval(() => {
      look().catch((error: unknown) => log.debug({ err: error }, 'nobody can say whether a leg is heard'))
    }, strandedSilentMs / LOOKS)
  })
}
