import { expect } from 'vitest'
import { type Desk, journeyOn, type PhoneAgent } from '../desk/index.ts'
import { tone } from '../sip/index.ts'

const journey = journeyOn()

journey('a blind transfer takes the pop and the caller to the colleague', async ({ desk }) => {
  await using alice = await desk.phoneAgent('alice')
  await using caller = await desk.caller()
  caller.audio.play(tone(440))
  const contactId = await talk(desk, alice)
  await using bob = await desk.phoneAgent('bob')
  await using bobsPage = await desk.socket('bob')
  await alice.api.command('call:write-notes', { contactId, text: '要折扣' })
  await alice.api.command('call:transfer', { contactId, to: { kind: 'agent', agentId: bob.id } })

  const ringing = await bob.phone.nextCall()
  const { offer } = await bobsPage.shows('the pop', ({ offer }) => offer !== null)
  expect(offer?.pop).toMatchObject({
    contactId,
    customer: { name: '华芯电子' },
    transferredFrom: { agentName: '李娜', notes: '要折扣' },
  })
  expect((await alice.api.command('desk:read', {})).wrapUp?.contactId).toBe(contactId)
  await ringing.answer()
  ringing.audio.play(tone(800))
  await Promise.all([ringing.audio.hears(440), caller.audio.hears(800)])
  await ringing.hangup()

  const contact = await desk.ledger.ended(caller.call)
  expect(contact.segments.map(({ agent, reason }) => [agent.id, reason])).toEqual([
    [alice.id, 'transferred'],
    [bob.id, 'normal'],
  ])
  expect(contact.entries.map(({ outcome }) => outcome)).toEqual(['answered', 'answered'])
})

journey('a transfer to a queue is answered there, with the first arrival', async ({ desk }) => {
  const { operator } = desk.scene.queues
  await using alice = await desk.phoneAgent('alice')
  await using caller = await desk.caller()
  const contactId = await talk(desk, alice)
  await alice.api.command('call:transfer', { contactId, to: { kind: 'queue', queueId: operator.id } })
  await caller.waits()
  await using bob = await desk.phoneAgent('bob')
  await (await bob.phone.nextCall()).answer()
  await desk.ledger.shows(caller.call, 'two segments', (c) => c.segments.length === 2)
  await caller.call.hangup()
  const { entries } = await desk.ledger.ended(caller.call)
  expect(entries).toMatchObject([{ outcome: 'answered' }, { queueId: operator.id, outcome: 'answered' }])
  expect(entries[1]?.arrivedAt).toBe(entries[0]?.arrivedAt)
})

journey('a transfer that cannot work is refused while the agent still has the call', async ({ desk }) => {
  await using alice = await desk.phoneAgent('alice')
  await using caller = await desk.caller()
  caller.audio.play(tone(440))
  const contactId = await talk(desk, alice)
  const to = { kind: 'agent', agentId: desk.scene.users.bob.id } as const
  await expect(alice.api.command('call:transfer', { contactId, to })).rejects.toThrow(/agent_not_ready/)
  expect((await alice.api.command('desk:read', {})).call?.state).toBe('talking')
  await caller.call.hangup()
})

/** The agent's phone rings and is answered. */
async function talk(desk: Desk, agent: PhoneAgent) {
  const ringing = await agent.phone.nextCall()
  await ringing.answer()
  await using page = await desk.socket('alice')
  const { call } = await page.shows('the call', ({ call }) => call?.state === 'talking')
  return call!.contactId
}
