import { expect } from 'vitest'
import { journeyOn } from '../desk/index.ts'

const journey = journeyOn({ rules: { maxWaitMs: 1500 } })

journey('whoever waits too long is told so, once, and the stay ends as timed out', async ({ desk }) => {
  await using caller = await desk.caller()
  expect(await caller.call.untilEnded(30_000)).toMatchObject({ by: 'them', how: 'hung up' })
  const { entries, termination } = await desk.ledger.ended(caller.call)
  expect(entries).toMatchObject([{ outcome: 'timed_out' }])
  expect(termination).toMatchObject({ party: 'flow', reason: 'flow_ended' })
})
