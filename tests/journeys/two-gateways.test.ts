import { expect } from 'vitest'
import { journeyOn } from '../desk/index.ts'
import { tone } from '../sip/index.ts'

const journey = journeyOn({ gateways: 2 })

journey('calls of two gateways race for one agent: one rings at a time, in the order they came', async ({ desk }) => {
  const numbers = ['13900139001', '13900139002', '13900139003', '13900139004']
  await using callers = new AsyncDisposableStack()
  for (const number of numbers) await callers.use(await desk.caller({ number })).waits()
  const owners = await desk.sql<{ gatewayId: string }[]>`select distinct gateway_id from contacts order by 1`
  expect(owners.map(({ gatewayId }) => gatewayId)).toEqual(['gateway-1', 'gateway-2'])

  await using alice = await desk.phoneAgent('alice')
  for (const number of numbers) {
    const ringing = await alice.phone.nextCall()
    expect(ringing.from.uri).toContain(number)
    expect(alice.phone.calls.size).toBe(1)
    await ringing.answer()
    await ringing.hangup()
    await alice.wrapUp()
  }
})

journey(
  'a command that arrives at the other gateway is carried out by the one that holds the call',
  async ({ desk }) => {
    await using alice = await desk.phoneAgent('alice')
    await using caller = await desk.caller()
    caller.audio.play(tone(440))
    const ringing = await alice.phone.nextCall()
    await ringing.answer()
    ringing.audio.play(tone(600))
    await caller.audio.hears(600)
    for (const place of [0, 1]) {
      const api = await desk.api('alice', place)
      const { call } = await api.command('desk:read', {})
      const contactId = call!.contactId
      await api.command('call:hold', { contactId })
      await ringing.audio.hearsSilence()
      await api.command('call:resume', { contactId })
      await ringing.audio.hears(440)
    }
    await ringing.hangup()
  },
)

journey('pages at both gateways show the same desk', async ({ desk }) => {
  await using one = await desk.socket('alice', 0)
  await using two = await desk.socket('alice', 1)
  await using alice = await desk.phoneAgent('alice')
  await using caller = await desk.caller()
  const ringing = await alice.phone.nextCall()
  const shown = await Promise.all([one, two].map((page) => page.shows('the pop', ({ offer }) => offer !== null)))
  expect(shown[0]?.offer).toEqual(shown[1]?.offer)
  await ringing.answer()
  await Promise.all([one, two].map((page) => page.shows('the call', ({ call }) => call?.state === 'talking')))
  await caller.call.hangup()
  await Promise.all([one, two].map((page) => page.shows('wrap-up', ({ wrapUp }) => wrapUp !== null)))
})
