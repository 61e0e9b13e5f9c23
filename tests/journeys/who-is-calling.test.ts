import { expect } from 'vitest'
import { journeyOn, numbers } from '../desk/index.ts'

const journey = journeyOn()

journey('a number of two companies shows a picker, and what is picked is kept', async ({ desk }) => {
  const { sharedNumber } = desk.scene
  await using alice = await desk.browser('alice')
  await alice.goAvailable()
  await using caller = await desk.caller({ number: sharedNumber })
  const pop = alice.at('incoming-pop')
  await pop.getByText('东海物流').first().waitFor()
  await pop.getByText('西湖仪器').first().waitFor()
  const { offer } = await alice.api.command('desk:read', {})
  expect(offer?.pop.customer).toBeNull()
  expect(offer?.pop.match).toMatchObject({ kind: 'many', candidates: [{ because: 'number' }, { because: 'number' }] })

  await alice.page.keyboard.press('Space')
  await alice.showsState('talking')
  const line = alice.page.getByRole('listitem').filter({ hasText: '西湖仪器' })
  await line.getByRole('button').click()
  await desk.ledger.shows(caller.call, 'the customer picked', (c) => c.summary.customer?.name === '西湖仪器')
  await caller.call.hangup()
})

journey('a caller who chose English reaches an agent whose pages are in English', async ({ desk }) => {
  await using bob = await desk.browser('bob')
  await bob.goAvailable()
  await using caller = await desk.caller({ to: numbers.hotline, number: '+14155550123', keys: '20' })
  const pop = bob.at('incoming-pop')
  for (const text of ['English', 'Operator', 'Waited']) await pop.getByText(text).first().waitFor()
  await bob.at('answer').click()
  await bob.showsState('talking')
  const { call } = await bob.api.command('desk:read', {})
  expect(call?.pop).toMatchObject({ language: 'en', match: { kind: 'none' }, verified: 'none' })
  await caller.call.hangup()
})

journey('the supervisor sees who waits and who talks, without a reload', async ({ desk }) => {
  await using carol = await desk.browser('carol')
  await carol.page.goto(`${carol.api.origin}/board`)
  const tile = carol.at('queue-tile-sales')
  await tile.waitFor()
  await using caller = await desk.caller()
  await carol
    .at('caller-row')
    .filter({ hasText: '王建国' })
    .or(carol.at('caller-row').filter({ hasText: '华芯电子' }))
    .waitFor()
  await using alice = await desk.phoneAgent('alice')
  await (await alice.phone.nextCall()).answer()
  await carol.at('caller-row').waitFor({ state: 'detached' })
  const row = carol.at('agent-row-alice').or(carol.at(`agent-row-${alice.id}`))
  await row.getByText(/通话/).first().waitFor()
  await caller.call.hangup()
})
