import { expect } from 'vitest'
import { journeyOn } from '../desk/index.ts'
import { tone } from '../sip/index.ts'

// offers that ring long: whatever ends one here is not its expiry
const journey = journeyOn({ rules: { offerMs: 20_000 } })

journey(
  'a page that is reloaded in the middle of a call keeps the call, and its audio comes back',
  async ({ desk }) => {
    await using alice = await desk.browser('alice', { tone: 600 })
    await alice.goAvailable()
    await using caller = await desk.caller()
    caller.audio.play(tone(440))
    await alice.at('answer').click()
    await Promise.all([alice.ears.hears(440), caller.audio.hears(600)])

    await alice.page.reload()
    await alice.showsState('talking')
    await Promise.all([alice.ears.hears(440, { withinMs: 10_000 }), caller.audio.hears(600, { withinMs: 10_000 })])
    await alice.at('hang-up').click()
    await alice.at('wrap-up').waitFor()
    const { segments, entries } = await desk.ledger.ended(caller.call)
    expect(segments).toHaveLength(1)
    expect(entries).toMatchObject([{ outcome: 'answered' }])
  },
)

journey('a second tab shows the same call and does not take the voice away', async ({ desk }) => {
  await using alice = await desk.browser('alice', { tone: 600 })
  await alice.goAvailable()
  await using caller = await desk.caller()
  caller.audio.play(tone(440))
  await alice.at('answer').click()
  await caller.audio.hears(600)

  const tab = await alice.context.newPage()
  await tab.goto(alice.api.origin)
  await tab.locator('[data-testid=call-dock][data-state=talking]').waitFor()
  await Promise.all([alice.ears.hears(440), caller.audio.hears(600)])
  await tab.getByTestId('hold').click()
  await alice.showsState('held')
  await alice.ears.hearsSilence()
  await tab.getByTestId('hang-up').click()
  await alice.at('wrap-up').waitFor()
  await desk.ledger.ended(caller.call)
})

journey('a page that is gone while it rings loses the call to the next agent', async ({ desk }) => {
  await using alice = await desk.browser('alice')
  await alice.goAvailable()
  await using caller = await desk.caller()
  await alice.at('incoming-pop').waitFor()
  await alice.context.close()
  await using bob = await desk.phoneAgent('bob')
  await (await bob.phone.nextCall()).answer()
  expect(await desk.ledger.offersEnded(caller.call, 2)).toMatchObject([
    { agentId: alice.id, outcome: 'device_failed' },
    { agentId: bob.id, outcome: 'accepted' },
  ])
  await caller.call.hangup()
})

journey('an agent rejects by the page, and the call goes to a colleague', async ({ desk }) => {
  await using alice = await desk.browser('alice')
  await alice.goAvailable()
  await using caller = await desk.caller()
  await alice.at('reject').click()
  await using bob = await desk.phoneAgent('bob')
  await (await bob.phone.nextCall()).answer()
  await desk.ledger.shows(caller.call, 'a segment', (c) => c.segments.length === 1)
  await alice.at('incoming-pop').waitFor({ state: 'hidden' })
  await caller.call.hangup()
})
