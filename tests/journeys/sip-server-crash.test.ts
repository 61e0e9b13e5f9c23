import { expect } from 'vitest'
import { journeyOn } from '../desk/index.ts'
import { tone } from '../sip/index.ts'

const journey = journeyOn({ env: { RINGDOWN_MEDIA_RTP_TIMEOUT_MS: '1500' } })

journey('a SIP server that dies and comes back takes the next call; the lost ones end once', async ({ desk }) => {
  await using lost = await desk.caller({ number: '13900139001' })
  await lost.waits()
  await desk.restartSipServer()
  lost.phone.vanish()
  const contact = await desk.ledger.shows(lost.call, 'its end', (c) => c.termination !== null, 30_000)
  expect(contact.entries).toHaveLength(1)
  expect(contact.entries[0]?.outcome).not.toBeNull()

  await using alice = await desk.phoneAgent('alice')
  await using next = await desk.caller({ number: '13900139002' })
  const ringing = await alice.phone.nextCall()
  await ringing.answer()
  ringing.audio.play(tone(600))
  await next.audio.hears(600)
  await next.call.hangup()
})
