import { expect } from 'vitest'
import { journeyOn } from '../desk/index.ts'
import { tone } from '../sip/index.ts'

const journey = journeyOn()

journey(
  'a media server that dies and comes back ends its calls once, and the next call has audio',
  async ({ desk }) => {
    await using alice = await desk.phoneAgent('alice')
    await using talking = await desk.caller({ number: '13900139001' })
    const ringing = await alice.phone.nextCall()
    await ringing.answer()
    await desk.ledger.shows(talking.call, 'a segment', (c) => c.segments.length === 1)
    await using waiting = await desk.caller({ number: '13900139002' })
    await waiting.waits()

    await desk.restartMediaServer()
    await Promise.all([waiting, talking].map(({ call }) => call.untilEnded()))
    const contact = await desk.ledger.shows(waiting.call, 'its end', (c) => c.termination !== null)
    expect(contact.termination).toMatchObject({ party: 'system', reason: 'media_lost' })
    expect(contact.entries).toHaveLength(1)
    expect(contact.entries[0]?.outcome).not.toBeNull()

    await alice.wrapUp()
    await using next = await desk.caller({ number: '13900139003' })
    const again = await alice.phone.nextCall()
    await again.answer()
    again.audio.play(tone(600))
    await next.audio.hears(600)
    await next.call.hangup()
  },
)
