import { expect } from 'vitest'
import { journeyOn } from '../desk/index.ts'
import { tone } from '../sip/index.ts'

const journey = journeyOn({ env: { RINGDOWN_PAGE_GRACE_MS: '1500' } })

journey(
  'a page that is gone in the middle of a call gives the caller back to the queue, at the front',
  async ({ desk }) => {
    await using alice = await desk.browser('alice', { tone: 600 })
    await alice.goAvailable()
    await using caller = await desk.caller()
    caller.audio.play(tone(440))
    await alice.at('answer').click()
    await caller.audio.hears(600)
    await using later = await desk.caller({ number: '13900139002' })
    await later.waits()

    await alice.context.close()
    const waiting = await desk.ledger.shows(caller.call, 'a second queue entry', (c) => c.entries.length === 2)
    expect(waiting.segments).toMatchObject([{ reason: 'device_lost' }])
    expect(waiting.entries[1]?.arrivedAt).toBe(waiting.entries[0]?.arrivedAt)

    await using bob = await desk.phoneAgent('bob')
    const ringing = await bob.phone.nextCall()
    expect(ringing.from.uri).toContain('13900138000')
    await ringing.answer()
    ringing.audio.play(tone(800))
    await Promise.all([ringing.audio.hears(440), caller.audio.hears(800)])
    await caller.call.hangup()
    await later.call.hangup()
  },
)
