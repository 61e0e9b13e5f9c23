import type { Termination } from '@ringdown/core/contact'
import { ok } from '@ringdown/core/kernel'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectSip } from '../../gateway/src/sip/connect.ts'
import { type Dialling, dialLeg } from '../../gateway/src/sip/dial-leg.ts'
import { receiveInvites } from '../../gateway/src/sip/inbound.ts'
import { createLegs } from '../../gateway/src/sip/leg/legs.ts'
import type { Signalling } from '../../gateway/src/sip/signalling.ts'
import type { IncomingCall, SipLeg, SipLegEvents } from '../../gateway/src/sip/sip-leg.ts'
import { Phone } from '../sip/index.ts'
import { AsyncQueue } from '../sip/waiting/async-queue.ts'
import { type Restartable, restartableSip, sipSecret } from './servers.ts'
import { until } from './until.ts'

type Sip = Awaited<ReturnType<typeof restartableSip>>

const log = pino({ level: process.env.RINGDOWN_TEST_LOG ?? 'silent' })
/** What call control says to every offer: its audio is of no interest here. */
const sdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 4000 RTP/AVP 8',
  '',
].join('\r\n')

let stack: AsyncDisposableStack
let server: Sip extends Restartable<infer S> ? Restartable<S> : never
let signalling: Signalling
let invites: AsyncQueue<IncomingCall>
/** How legs ended, as call control was told. */
let told: Termination[]

beforeEach(async () => {
  stack = new AsyncDisposableStack()
  server = stack.use(await restartableSip())
  const { port } = server.current.admin
  const sip = stack.use(await connectSip({ host: '127.0.0.1', port, secret: sipSecret }, log))
  const legs = createLegs(log)
  sip.changes.on('lost', legs.serverLost)
  signalling = { sip, legs, strandedSilentMs: 60_000, clock: Date.now, log }
  invites = new AsyncQueue()
  told = []
  receiveInvites(signalling, async (call) => invites.push(call))
})
afterEach(async () => {
  expect(signalling.legs.figures.illegal).toEqual([])
  await stack.disposeAsync()
})

const phone = async (user: string) =>
  stack.use(await Phone.start({ user, server: `127.0.0.1:${server.current.listeners[0]?.port}` }))
const nextInvite = () => invites.next(10_000, () => 'no INVITE came')
const states = () => signalling.legs.figures.alive.map(({ labels }) => labels.state)
const ends = () => signalling.legs.figures.ended.map(({ labels: { party, reason } }) => `${party} ${reason}`)
const allOver = () => until(async () => states().length === 0, 'the end of all legs')

function events(silentMs = 60_000): SipLegEvents {
  return {
    silentMs,
    ended: (why) => told.push(why),
    offered: async () => ok(sdp),
    answered: () => undefined,
    digit: () => undefined,
    heardAt: async () => null,
  }
}

/** A caller who is answered. */
async function answered(silentMs?: number) {
  const alice = await phone('alice')
  const call = await alice.call('4000')
  const invite = await nextInvite()
  const leg = await invite.answer(sdp, events(silentMs))
  if (!leg.ok) throw new Error(`not answered: ${leg.error.reason}`)
  await call.untilAnswered()
  return { call, leg: leg.value }
}

/** An agent's phone that rings. */
async function ringing() {
  const bob = await phone('bob')
  const dialling: Dialling = dialLeg(
    signalling,
    { uri: bob.uri, via: null, from: { number: '4000', name: null }, offer: sdp },
    events(),
  )
  const call = await bob.nextCall()
  await call.ring()
  await until(async () => states().includes('early'), 'the 180')
  return { dialling, call }
}

describe('a caller', () => {
  it('[LG6] who cancels is told to whoever answers too late', async () => {
    const alice = await phone('alice')
    const call = await alice.call('4000')
    const invite = await nextInvite()
    await call.cancel()
    await until(async () => invite.cancelled.aborted, 'the CANCEL')
    const why = { party: 'caller', reason: 'cancelled' }
    expect(await invite.answer(sdp, events())).toEqual({ ok: false, error: why })
    invite.refuse({ status: 503 })
    expect(ends()).toEqual(['caller cancelled'])
    expect(told).toEqual([])
  })

  it('[LG5] who hangs up is told of once, and the wish to hang up then comes too late', async () => {
    const { call, leg } = await answered()
    expect(call.ladder()).toEqual(['INVITE', '100', '200', 'ACK'])
    await call.hangup()
    await until(async () => told.length > 0, 'the end')
    await leg.hangUp({ party: 'agent', reason: 'normal' })
    expect(told).toEqual([{ party: 'caller', reason: 'normal' }])
    expect(ends()).toEqual(['caller normal'])
  })

  it('[LG3] ends as it was decided when both hang up at once, and call control hears nothing of its own doing', async () => {
    const { call, leg } = await answered()
    const [end] = await Promise.all([call.hangup(), leg.hangUp({ party: 'agent', reason: 'transferred' })])
    expect(end).toMatchObject({ how: 'hung up' })
    await allOver()
    expect(ends()).toEqual(['agent transferred'])
    expect(told).toEqual([])
  })

  it('[LG9] who holds us may be silent; resumed, he may not', async () => {
    const { call, leg } = await answered(0)
    expect((await call.hold()).status).toBe(200)
    await until(async () => states().includes('held'), 'the hold')
    leg.silent()
    expect(states()).toEqual(['held'])
    expect((await call.resume()).status).toBe(200)
    expect(await call.untilEnded()).toMatchObject({ by: 'them', how: 'hung up' })
    await allOver()
    expect(told).toEqual([{ party: 'network', reason: 'media_timeout' }])
  })

  it('[LG10] who is heard again in time is kept, else hung up', async () => {
    const { call, leg } = await answered(300)
    leg.silent()
    leg.heard()
    expect(states()).toEqual(['answered'])
    leg.silent()
    expect(await call.untilEnded()).toMatchObject({ by: 'them' })
    await allOver()
    expect(told).toEqual([{ party: 'network', reason: 'media_timeout' }])
  })
})

describe('an agent’s phone', () => {
  it.each([
    [486, { party: 'agent', reason: 'busy' }],
    [603, { party: 'agent', reason: 'rejected' }],
    [480, { party: 'network', reason: 'unreachable' }],
  ] as const)('[LG8] that says %i', async (status, why) => {
    const { dialling, call } = await ringing()
    await call.reject(status)
    expect(await dialling.answered).toEqual({ ok: false, error: why })
  })

  it('[LG7] that is given up stops ringing', async () => {
    const { dialling, call } = await ringing()
    dialling.cancel()
    dialling.cancel()
    expect(await call.untilEnded()).toMatchObject({ how: 'cancelled' })
    expect(await dialling.answered).toEqual({ ok: false, error: { party: 'system', reason: 'cancelled' } })
  })

  it('[LG7] that answers just when it is given up is rung off', async () => {
    const { dialling, call } = await ringing()
    call.answer().catch(() => undefined)
    dialling.cancel()
    await call.untilEnded()
    expect(await dialling.answered).toEqual({ ok: false, error: { party: 'system', reason: 'cancelled' } })
    await allOver()
    expect(told).toEqual([])
  })

  it('[LG5] that answers and hangs up is told of', async () => {
    const { dialling, call } = await ringing()
    await call.answer()
    const leg = await dialling.answered
    expect(leg.ok && (leg.value as SipLeg).remoteSdp).toContain('m=audio')
    await call.hangup()
    await allOver()
    expect(told).toEqual([{ party: 'agent', reason: 'normal' }])
  })
})

describe('the SIP server is lost', () => {
  it('[LG11] before the answer: calls in and out end as unreachable, at once', async () => {
    const alice = await phone('alice')
    await alice.call('4000')
    const invite = await nextInvite()
    const { dialling } = await ringing()
    await server.restart()
    const why = { party: 'system', reason: 'unreachable' }
    expect(await dialling.answered).toEqual({ ok: false, error: why })
    expect(invite.cancelled.aborted).toBe(true)
    expect(await invite.answer(sdp, events())).toEqual({ ok: false, error: why })
    expect(states()).toEqual([])
    alice.vanish()
  })

  it('[LG13] after it: our BYE waits for the new server and reaches the phone', async () => {
    const { call, leg } = await answered()
    await server.current[Symbol.asyncDispose]()
    await until(async () => states().includes('stranded'), 'the loss')
    const gone = leg.hangUp({ party: 'agent', reason: 'normal' })
    expect(states()).toEqual(['leaving'])
    await server.restart()
    expect(await call.untilEnded()).toMatchObject({ by: 'them', how: 'hung up' })
    await gone
    expect(ends()).toEqual(['agent normal'])
    expect(told).toEqual([])
  })
})
