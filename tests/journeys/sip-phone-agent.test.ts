import { expect } from 'vitest'
import { journeyOn, numbers, tonesRecorded } from '../desk/index.ts'
import { Phone, tone } from '../sip/index.ts'

const journey = journeyOn()

journey('an agent at a registered SIP phone takes a call, and it leaves the same record', async ({ desk }) => {
  await using alice = await desk.phoneAgent('alice')
  await using page = await desk.socket('alice')
  await using caller = await desk.caller({ to: numbers.hotline, keys: '12100237#' })
  caller.audio.play(tone(440))

  const ringing = await alice.phone.nextCall()
  await ringing.ring()
  expect(ringing.from.uri).toContain('13900138000')
  const { offer } = await page.shows('the pop', ({ offer }) => offer !== null)
  expect(offer?.pop).toMatchObject({
    caller: { number: '+8613900138000' },
    customer: { name: '华芯电子', grade: 'A' },
    personId: desk.scene.caller.id,
    verified: 'code',
    queue: { name: { en: 'Sales' } },
  })
  expect(offer?.pop.openTickets).toHaveLength(2)
  expect(offer?.pop.ivrPath.map(({ keyed }) => keyed)).toEqual(['1', '2', '100237'])

  await ringing.answer()
  ringing.audio.play(tone(600))
  await Promise.all([ringing.audio.hears(440), caller.audio.hears(600)])
  const { call } = await page.shows('the call', ({ call }) => call?.state === 'talking')
  const contactId = call!.contactId

  await alice.api.command('call:hold', { contactId })
  await Promise.all([ringing.audio.hearsSilence(), caller.audio.hearsAnything({ forMs: 1000 })])
  await alice.api.command('call:resume', { contactId })
  await Promise.all([ringing.audio.hears(440), caller.audio.hears(600)])

  // the phone's own hold button
  await ringing.hold()
  await ringing.audio.hearsSilence()
  await ringing.resume()
  await Promise.all([ringing.audio.hears(440), caller.audio.hears(600)])

  const askedAtMs = caller.audio.recorder.elapsedMs
  await ringing.hangup()
  const { wrapUp } = await page.shows('wrap-up', ({ wrapUp }) => wrapUp !== null)
  await caller.audio.hearsAnything({ sinceMs: askedAtMs })
  await caller.audio.press('4')
  await desk.ledger.shows(caller.call, 'a satisfaction', (c) => c.surveys.some(({ csat }) => csat === 4))
  await caller.call.hangup()

  const ticket = { ...wrapUp!.draft, note: '客户要报价', solved: false }
  const next = { status: 'available' } as const
  const done = await alice.api.command('wrap-up:complete', { contactId, disposition: 'quote_sent', ticket, next })
  expect(done.ticketNumber).toMatch(/^T-\d+$/)

  const contact = await desk.ledger.shows(
    caller.call,
    'a ticket',
    (c) => c.termination !== null && c.tickets.length > 0,
  )
  expect(contact.tickets).toMatchObject([{ number: done.ticketNumber, category: 'inquiry', state: 'open' }])
  expect(contact.segments).toMatchObject([{ agent: { id: alice.id }, disposition: 'quote_sent' }])
  expect(contact.surveys).toMatchObject([{ csat: 4, nps: null, agentId: alice.id }])
  const recorded = await tonesRecorded(alice.api, contact)
  expect(recorded).toMatchObject({ customer: expect.arrayContaining([440]), agent: expect.arrayContaining([600]) })
})

journey('a caller who hangs up first ends the call for the agent too', async ({ desk }) => {
  await using alice = await desk.phoneAgent('alice')
  await using caller = await desk.caller()
  const ringing = await alice.phone.nextCall()
  await ringing.answer()
  await caller.call.untilAnswered()
  await caller.call.hangup()
  expect(await ringing.untilEnded()).toMatchObject({ by: 'them', how: 'hung up' })
  const contact = await desk.ledger.ended(caller.call)
  expect(contact.termination).toMatchObject({ party: 'caller', reason: 'normal' })
  expect(contact.segments).toMatchObject([{ endedBy: 'caller' }])
})

journey('the agent sends the caller to the survey and leaves', async ({ desk }) => {
  await using alice = await desk.phoneAgent('alice')
  await using page = await desk.socket('alice')
  await using caller = await desk.caller({ to: numbers.hotline, keys: '20' })
  const ringing = await alice.phone.nextCall()
  await ringing.answer()
  const { call } = await page.shows('the call', ({ call }) => call?.state === 'talking')
  await alice.api.command('call:send-survey', { contactId: call!.contactId })
  expect(await ringing.untilEnded()).toMatchObject({ by: 'them', how: 'hung up' })
  await caller.audio.hearsAnything()
  await caller.audio.press('3')
  const asked = await desk.ledger.shows(caller.call, 'a satisfaction', (c) => c.surveys.some(({ csat }) => csat === 3))
  expect(asked.surveys).toMatchObject([{ trigger: 'agent', agentId: alice.id, segmentId: asked.segments[0]?.id }])
  await caller.call.hangup()
})

journey('a recording is for those who were on the call, and for supervisors', async ({ desk }) => {
  await using alice = await desk.phoneAgent('alice')
  await using caller = await desk.caller()
  const ringing = await alice.phone.nextCall()
  await ringing.answer()
  ringing.audio.play(tone(600))
  await caller.audio.hears(600)
  await caller.call.hangup()
  const contact = await desk.ledger.ended(caller.call)
  await tonesRecorded(alice.api, contact)
  const path = `/api/recordings/${contact.recordings[0]?.id}/audio`
  const statusFor = async (name: 'alice' | 'bob' | 'carol') => (await (await desk.api(name)).fetch(path)).status
  expect(await Promise.all([statusFor('alice'), statusFor('bob'), statusFor('carol')])).toEqual([200, 403, 200])
  expect((await fetch(desk.origin() + path)).status).toBe(401)
})

journey('a phone with a wrong password is not let in', async ({ desk }) => {
  const stranger = { user: '1001', domain: 'ringdown', server: desk.sipServer, password: 'guessed' }
  await using phone = await Phone.start(stranger)
  await expect(phone.register()).rejects.toThrow(/403/)
})
