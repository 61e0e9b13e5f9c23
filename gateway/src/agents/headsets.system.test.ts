import { type QueueId, type UserId, unwrap } from '@ringdown/core/kernel'
import { newId, waitingEntry } from '@ringdown/db/redis/testing'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BrowserPeer } from '../../media/test-kit/browser-peer.ts'
import { startMedia } from '../../media/test-kit/media-fixture.ts'
import { startTestAcd } from '../acd/test-acd.ts'
import { openRedisBus } from '../bus/redis-bus.ts'
import { type Agents, createAgents } from './agents.ts'
import { openHeadsets } from './headsets.ts'

const li = newId<UserId>()
let stack: AsyncDisposableStack
let centre: ReturnType<typeof startTestAcd>
let media: Awaited<ReturnType<typeof startMedia>>
let agents: Agents
let queueId: QueueId
let pages: string[]
let headsets: Awaited<ReturnType<typeof openOn>>

/** A gateway's headsets, on a bus connection of its own. */
async function openOn(gatewayId: string) {
  const { redis, prefix } = centre.redis
  const log = pino({ level: 'silent' })
  const bus = stack.use(await openRedisBus({ redis, prefix, gatewayId, log }))
  const told = (_: UserId, event: string, view: object) => void (event === 'headset:state' && pages.push(stateOf(view)))
  const { gateways } = centre.redis.stores
  return stack.use(
    openHeadsets({ ...centre, bus, media: media.client, devices: agents, gateways, gatewayId, tellPages: told }),
  )
}
const stateOf = (view: object) => (view as { state: string }).state

beforeEach(async () => {
  stack = new AsyncDisposableStack()
  pages = []
  media = stack.use(await startMedia())
  centre = stack.use(startTestAcd())
  queueId = centre.addQueue().id
  agents = stack.use(
    createAgents({
      ...centre,
      graces: { pageMs: 60_000, deviceMs: 300 },
      readRouting: async () => ({ queues: [queueId], skills: {}, callsToday: 0, lastCallEndedAt: null }),
      phoneOf: async () => null,
    }),
  )
  headsets = await openOn('one')
  unwrap(await agents.signIn(li, 'webrtc'))
  unwrap(await agents.chooseStatus(li, { status: 'available' }))
})
afterEach(() => stack.disposeAsync())

const device = async () => (await centre.agents.read(li))!.device
/** ICE and DTLS take their time on a busy machine. */
const soon = { timeout: 10_000 }
const proven = () => expect.poll(async () => (await device()).proven, soon).toBe(true)
const work = async () => (await centre.agents.read(li))!.work.state

/** A page's peer that is answered. */
async function browser(at = headsets): Promise<BrowserPeer> {
  const peer = stack.use(new BrowserPeer())
  const answer = unwrap(await at.connect(li, await peer.offer()))
  peer.accept(answer.sdp)
  return peer
}

it('[AG1] proves the device once the browser is connected, and then the agent is offered calls', async () => {
  await centre.acd.store.enqueue(waitingEntry(queueId, 1))
  expect((await device()).proven).toBe(false)
  await browser()
  await proven()
  await expect.poll(work, soon).toBe('ringing')
  await expect.poll(() => pages, soon).toEqual(['connected'])
})

it('[AG6] notices a browser that is gone within five seconds, and gives its ringing call on', async () => {
  const peer = await browser()
  await proven()
  await centre.acd.store.enqueue(waitingEntry(queueId, 1))
  await expect.poll(work, soon).toBe('ringing')
  const closedAt = Date.now()
  peer.close()
  await expect.poll(async () => (await device()).proven, { timeout: 5_000 }).toBe(false)
  expect(Date.now() - closedAt).toBeLessThan(5_000)
  await expect.poll(work, soon).toBe('idle')
  await expect.poll(() => pages, soon).toEqual(['connected', 'lost'])
})

it('[HS3] gives the headset to the newest page, and closes the old leg once the new one is connected', async () => {
  await browser()
  await proven()
  const { address: first } = await device()
  await browser()
  await expect.poll(async () => (await device()).address, soon).not.toBe(first)
  expect((await device()).proven).toBe(true)
  await expect.poll(() => pages, soon).toEqual(['connected', 'replaced', 'connected'])
  await expect
    .poll(() =>
      media.client.call('leg.stats', { legId: first! }).then(
        (stats) => stats.state,
        () => 'closed',
      ),
    )
    .toBe('closed')
})

it('refuses who is not signed in, and an offer that is none', async () => {
  expect(await headsets.connect(newId<UserId>(), 'v=0')).toMatchObject({ error: { code: 'not_signed_in' } })
  expect(await headsets.connect(li, 'v=0\r\nno offer')).toMatchObject({
    error: { code: 'headset_refused', field: 'sdp' },
  })
})
