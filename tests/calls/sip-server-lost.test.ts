import type { ContactEvent, ContactEventType } from '@ringdown/core/events'
import { type ContactId, unwrap } from '@ringdown/core/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Phone } from '../sip/index.ts'
import { heard } from './prompts.ts'
import { type PhoneAgent, Switchboard } from './switchboard.ts'
import { queued, type Talk, talking, voices } from './talking.ts'
import { until } from './until.ts'

/** Three calls that talk while the SIP server is lost and another one takes its place, each ended by somebody else. */
type Party = Talk & { caller: Phone; agent: PhoneAgent }
let board: Switchboard
const parties: Party[] = []
const stack = new AsyncDisposableStack()

beforeAll(async () => {
  board = stack.use(await Switchboard.start({}, { RINGDOWN_STRANDED_SILENT_MS: '4000' }))
  for (const extension of ['1001', '1002', '1003']) {
    const agent = stack.use(await board.agent(extension))
    const caller = stack.use(await board.caller({ user: `1390013${extension}` }))
    parties.push({ caller, agent, ...(await talking(board, caller, agent)) })
  }
  await board.sip.restart()
  await until(async () => board.calls.sipConnected, 'the connection to the new SIP server')
})
afterAll(async () => {
  expect(await board.drift()).toBe(0)
  await stack.disposeAsync()
})

const party = (n: number): Party => parties[n] as Party

async function happened<T extends ContactEventType>(contactId: ContactId, type: T) {
  const found = async () => (await board.events(contactId)).find((event) => event.type === type)
  return (await until(found, type, 20_000)) as Extract<ContactEvent, { type: T }>
}

const work = async ({ agent }: Party) => (await board.foundation.agents.read(agent.user.id))?.work.state

const patient = { withinMs: 20_000 }

it('[LG11] those who talk go on talking, for longer than silence would be borne', async () => {
  const { strandedSilentMs } = board.foundation.config.graces
  const strandedAt = Date.now()
  await until(async () => Date.now() - strandedAt > strandedSilentMs + 500, 'the time of silence')
  for (const { call, offered } of parties) {
    await Promise.all([call.audio.hears(voices.agent, patient), offered.audio.hears(voices.caller, patient)])
  }
  expect(board.calls.legs.alive).toEqual([
    { labels: { side: 'caller', state: 'stranded' }, count: 3 },
    { labels: { side: 'agent', state: 'stranded' }, count: 3 },
  ])
})

it('[LG13] hung up by the agent’s page: both phones hear of it through the new server', async () => {
  const { agent, call, offered, contactId } = party(0)
  unwrap(await board.as(agent.actor, 'call:hang-up', { contactId }))
  for (const end of await Promise.all([call.untilEnded(), offered.untilEnded()])) {
    expect(end).toMatchObject({ by: 'them', how: 'hung up' })
  }
  expect((await happened(contactId, 'contact_ended')).termination).toEqual({ party: 'agent', reason: 'normal' })
  expect(await work(party(0))).toBe('wrap_up')
})

it('[LG12] hung up by the caller or the agent’s phone, which nobody tells us: silence does', async () => {
  const [left, forsaken] = [party(1), party(2)]
  await Promise.all([left.call.hangup(), forsaken.offered.hangup()])
  await left.offered.untilEnded(patient.withinMs)
  const { termination } = await happened(left.contactId, 'contact_ended')
  expect(termination).toEqual({ party: 'network', reason: 'media_timeout' })
  expect(await work(left)).toBe('wrap_up')
  // The other caller is still there: he waits at the front.
  expect(await happened(forsaken.contactId, 'segment_ended')).toMatchObject({ reason: 'device_lost' })
  expect(await work(forsaken)).toBe('wrap_up')
  await forsaken.call.audio.hears(heard.music, patient)
  await forsaken.call.hangup()
  expect((await happened(forsaken.contactId, 'contact_ended')).termination).toEqual(termination)
})

it('new calls come in through the new server', async () => {
  await using caller = await board.caller()
  const call = await queued(caller)
  await call.hangup()
})

it('[LG4] nothing is left of any of them', async () => {
  await until(async () => board.calls.legs.alive.length === 0, 'the end of all legs')
  await until(async () => board.calls.calls.size === 0, 'the end of all calls')
  expect(board.calls.legs.illegal).toEqual([])
  const { legs } = await board.foundation.media.call('server.stats', {})
  expect(legs).toBe(0)
})
