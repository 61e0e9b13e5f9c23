import { expect } from 'vitest'
import { journeyOn } from '../desk/index.ts'

const journey = journeyOn({ env: { RINGDOWN_MEDIA_RTP_TIMEOUT_MS: '1500', RINGDOWN_CALLER_SILENT_MS: '2000' } })

journey('a caller whose phone falls silent without a word is given up', async ({ desk }) => {
  await using caller = await desk.caller()
  await caller.waits()
  caller.phone.vanish()
  const contact = await desk.ledger.shows(caller.call, 'its end', (c) => c.termination !== null, 20_000)
  expect(contact.termination).toMatchObject({ party: 'network', reason: 'media_timeout' })
  expect(contact.entries).toHaveLength(1)
})
