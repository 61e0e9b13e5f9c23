import { randomUUID } from 'node:crypto'
import type { Leg } from '../legs/leg.ts'
import { MediaError } from '../protocol/errors.ts'

/** Two legs that hear each other: packets are relayed as they come, re-coded only when the codecs differ. */
export class Bridge {
  readonly id = randomUUID()
  readonly legs: readonly [Leg, Leg]

  /**
   * Joins two legs and ends what they play. Throws MediaError `leg_already_bridged`.
   * @param relayDtmf whether keys of one side are passed on to the other
   */
  constructor(legs: readonly [Leg, Leg], relayDtmf: boolean) {
    const [a, b] = legs
    for (const leg of legs) {
      if (leg.input.onward) throw new MediaError('leg_already_bridged', `leg ${leg.id} is in a bridge`, 'legs')
    }
    if (a === b) throw new MediaError('invalid_params', 'a leg cannot be bridged with itself', 'legs')
    this.legs = legs
    connect(a, b, relayDtmf)
    connect(b, a, relayDtmf)
  }

  /** Parts the legs; each then hears silence until something else is asked for. */
  close(): void {
    for (const leg of this.legs) {
      leg.input.onward = undefined
      leg.output.bridged = false
    }
  }
}

function connect(from: Leg, to: Leg, relayDtmf: boolean): void {
  to.output.stop('stopped')
  to.output.bridged = true
  from.input.onward = {
    audio: (packet, codec, at) => to.output.relay(packet, codec, at),
    telephoneEvent: (packet, at) => {
      if (relayDtmf) to.output.relayKey(packet, at)
    },
  }
}
