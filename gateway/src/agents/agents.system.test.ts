import { type QueueId, type SegmentId, type UserId, unwrap } from '@ringdown/core/kernel'
import { newId, waitingEntry } from '@ringdown/db/redis/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestAcd } from '../acd/test-acd.ts'
import { type Agents, createAgents } from './agents.ts'

const graces = { pageMs: 300, deviceMs: 200 }
let centre: ReturnType<typeof startTestAcd>
let agents: Agents
let queueId: QueueId
let phone: string | null
beforeEach(() => {
  centre = startTestAcd()
  queueId = centre.addQueue().id
  phone = null
  agents = createAgents({
    ...centre,
    graces,
    readRouting: async () => ({ queues: [queueId], skills: {}, callsToday: 3, lastCallEndedAt: null }),
    phoneOf: async () => phone,
  })
})
afterEach(async () => {
  agents[Symbol.dispose]()
  await centre[Symbol.asyncDispose]()
})

const li = newId<UserId>()
const shown = () => centre.messages.flatMap((m) => (m.kind === 'agent' ? [m.event.state] : []))
const ended = () => centre.contactEvents.flatMap((e) => (e.type === 'offer_ended' ? [e.outcome] : []))
const record = async () => (await centre.agents.read(li))!
const work = async () => (await record()).work

async function available(): Promise<void> {
  unwrap(await agents.signIn(li, 'webrtc'))
  agents.presence.pageOpened(li)
  await agents.proveDevice(li, 'webrtc', 'leg-1')
  unwrap(await agents.chooseStatus(li, { status: 'available' }))
}

async function ringing() {
  await available()
  const entry = waitingEntry(queueId, Date.now())
  await centre.acd.store.enqueue(entry)
  await expect.poll(async () => (await work()).state).toBe('ringing')
  const now = await work()
  if (now.state !== 'ringing') throw new Error('does not ring')
  return { entry, offerId: now.offerId }
}

async function talking() {
  const { entry, offerId } = await ringing()
  const segmentId = newId<SegmentId>()
  unwrap(await centre.acd.store.accept(offerId, li, segmentId, Date.now()))
  return { entry, segmentId }
}

describe('a shift', () => {
  it('[AG1] [AG2] is routable once signed in, heard and Available, and offered the caller who waits', async () => {
    await centre.acd.store.enqueue(waitingEntry(queueId, 1))
    await available()
    await expect.poll(async () => (await work()).state).toBe('ringing')
    expect(shown()).toEqual(['other', 'other', 'available', 'ringing'])
    expect((await record()).callsToday).toBe(3)
  })

  it('takes a registered phone as proven at sign-in, and another device only while idle', async () => {
    phone = 'sip:li@10.0.0.9:5060'
    unwrap(await agents.signIn(li, 'sip'))
    expect((await record()).device).toMatchObject({ kind: 'sip', proven: true, address: phone })
    await agents.loseDevice(li, 'sip:li@elsewhere')
    expect((await record()).device.proven).toBe(true)
    await agents.loseDevice(li, phone)
    expect((await record()).device.proven).toBe(false)
    await agents.proveDevice(li, 'webrtc', 'leg-of-a-headset')
    expect((await record()).device.proven).toBe(false)
  })

  it('keeps every one of many changes at the same moment', async () => {
    await available()
    const { version } = await record()
    const changes = Array.from({ length: 12 }, (_, i) =>
      agents.chooseStatus(li, i % 2 === 0 ? { status: 'available' } : { status: 'not_ready', reason: 'meal' }),
    )
    expect((await Promise.all(changes)).every((done) => done.ok)).toBe(true)
    expect((await record()).version).toBe(version + 12)
  })

  it('ends when page and headset are gone for the grace time, and not before', async () => {
    await available()
    agents.presence.pageClosed(li)
    await agents.loseDevice(li, 'leg-1')
    expect((await record()).session).not.toBeNull()
    await expect.poll(async () => (await record()).session, { timeout: 3_000 }).toBeNull()
    expect(shown().at(-1)).toBe('signed_out')
  })

  it('goes on when the page is back in time', async () => {
    await available()
    const { signedInAt } = (await record()).session!
    agents.presence.pageClosed(li)
    await agents.loseDevice(li, 'leg-1')
    agents.presence.pageOpened(li)
    await agents.sweep(await record())
    await agents.proveDevice(li, 'webrtc', 'leg-2')
    expect((await record()).session?.signedInAt).toBe(signedInAt)
    expect((await record()).availableSince).not.toBeNull()
  })
})

describe('a lost device', () => {
  it('[AC11] gives a ringing call on after the grace time', async () => {
    const { entry } = await ringing()
    await agents.loseDevice(li, 'leg-1')
    expect((await work()).state).toBe('ringing')
    await expect.poll(ended).toEqual(['device_failed'])
    expect((await work()).state).toBe('idle')
    expect((await centre.acd.store.waiting(queueId)).map((e) => e.entryId)).toEqual([entry.entryId])
  })

  it('that is back in time keeps the call ringing', async () => {
    const { offerId } = await ringing()
    await agents.loseDevice(li, 'leg-1')
    await agents.proveDevice(li, 'webrtc', 'leg-2')
    await agents.sweep(await record())
    expect(await work()).toMatchObject({ state: 'ringing', offerId })
    expect(ended()).toEqual([])
  })
})

describe('wrap-up', () => {
  it('[AG7] [AG8] ends by its deadline, once, and the status chosen meanwhile takes effect', async () => {
    const { entry, segmentId } = await talking()
    await agents.hold(li)
    expect((await work()).state).toBe('held')
    unwrap(await agents.chooseStatus(li, { status: 'not_ready', reason: 'break' }))
    expect((await agents.endCall(li, 250))?.work.state).toBe('wrap_up')
    await expect.poll(async () => (await work()).state).toBe('idle')
    expect((await record()).status.chosen).toEqual({ status: 'not_ready', reason: 'break' })
    await agents.sweep(await record())
    const ends = centre.contactEvents.filter((e) => e.type === 'wrap_up_ended')
    expect(ends).toMatchObject([{ contactId: entry.contactId, segmentId, by: 'timer', disposition: null }])
    const end = { agentId: li, segmentId, disposition: 'solved', by: 'agent', status: null } as const
    expect(await agents.endWrapUp(end)).toEqual({ ok: false, error: { code: 'wrap_up_ended' } })
  })

  it('is extended, and the old deadline does not end it', async () => {
    const { segmentId } = await talking()
    await agents.endCall(li, 150)
    const extended = unwrap(await agents.extendWrapUp({ agentId: li, segmentId, byMs: 60_000 }))
    if (extended.work.state !== 'wrap_up') throw new Error('not in wrap-up')
    await new Promise((resolve) => setTimeout(resolve, extended.work.since + 200 - Date.now()))
    expect((await work()).state).toBe('wrap_up')
  })

  it('[AC18] that a dead process left behind is ended by the sweep', async () => {
    await talking()
    agents[Symbol.dispose]()
    await agents.endCall(li, 1)
    await expect.poll(async () => (await record()).work).toMatchObject({ state: 'wrap_up' })
    await expect
      .poll(async () => {
        await agents.sweep(await record())
        return (await work()).state
      })
      .toBe('idle')
  })
})
