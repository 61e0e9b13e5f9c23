import { randomUUID } from 'node:crypto'
import type { Leg } from '../legs/leg.ts'
import type { Onward } from '../legs/leg-input.ts'
import type { Party } from '../legs/party.ts'
import { MediaError } from '../protocol/errors.ts'

/** Two legs that hear each other: packets are relayed as they come, re-coded only when the codecs differ. */
export class Bridge {
  readonly id = randomUUID()
  readonly legs: readonly [Leg, Party]

  private constructor(legs: readonly [Leg, Party]) {
    this.legs = legs
  }

  /**
   * Joins two legs and ends what they play. Throws MediaError `leg_already_bridged`, or `leg_not_found` when one closed
   * meanwhile.
   * @param relayDtmf whether keys of one side are passed on to the other
   */
  static async between(legs: readonly [Leg, Party], relayDtmf: boolean): Promise<Bridge> {
    const [a, b] = legs
    if (a.id === b.id) throw new MediaError('invalid_params', 'a leg cannot be bridged with itself', 'legs')
    a.assertFree()
    await b.join(towards(a, relayDtmf))
    try {
      a.join(towards(b, relayDtmf))
    } catch (error) {
      await b.part()
      throw error
    }
    const bridge = new Bridge(legs)
    if (!b.closed) return bridge
    await bridge.close()
    throw new MediaError('leg_not_found', `no leg ${b.id}`, 'legs.1')
  }

  /** Parts the legs; done at once for those of this thread, and everywhere when it resolves. */
  async close(): Promise<void> {
    await Promise.all(this.legs.map((leg) => leg.part()))
  }
}

function towards(to: Party, relayDtmf: boolean): Onward {
  return {
    audio: (packet, codec, at) => to.relay(packet, codec, at),
    telephoneEvent: (packet, at) => {
      if (relayDtmf) to.relayKey(packet, at)
    },
  }
}
