import { freePort } from '@ringdown/db/embedded'
import { SIP_REALM } from '@ringdown/db/postgres'
import { expect } from 'vitest'
import { type Api, type Desk, endShift, journeyOn, password } from '../desk/index.ts'
import { Phone, tone } from '../sip/index.ts'
import { runSipp, Sipp } from '../sip/sipp.ts'

const journey = journeyOn()

journey('SIPp calls, an agent hears its tone, SIPp hangs up', async ({ desk }) => {
  await using alice = await desk.phoneAgent('alice')
  const to = desk.sipServer
  await using sipp = await Sipp.start({
    scenario: 'uac-call-and-hangup',
    to,
    service: '4100',
    tone: 700,
    pauseMs: 4000,
  })
  const ringing = await alice.phone.nextCall()
  await ringing.answer()
  await ringing.audio.hears(700)
  expect(await ringing.untilEnded()).toMatchObject({ by: 'them', how: 'hung up' })
  await sipp.done
  expect(await sipp.ladder()).toEqual(['INVITE', '100', '200', 'ACK', 'BYE', '200'])
})

journey('SIPp is the phone of an agent: it rings, answers, and the caller hears its tone', async ({ desk }) => {
  const api = await desk.api('alice')
  const port = await registerForSipp(desk)
  await using sipp = await Sipp.start({
    scenario: 'uas-agent-phone-answers',
    service: '1001',
    tone: 900,
    pauseMs: 200,
    port,
  })
  await beAvailable(api)
  await using caller = await desk.caller()
  caller.audio.play(tone(440))
  await caller.audio.hears(900, { withinMs: 10_000 })
  await caller.call.hangup()
  await sipp.done
  expect(await sipp.ladder()).toEqual(['INVITE', '180', '200', 'ACK', 'BYE', '200'])
  const { segments } = await desk.ledger.ended(caller.call)
  expect(segments).toMatchObject([{ agent: { id: api.me.id }, endedBy: 'caller' }])
  await endShift(api)
})

journey('SIPp is busy: the caller goes to the next agent', async ({ desk }) => {
  const api = await desk.api('alice')
  const port = await registerForSipp(desk)
  await using sipp = await Sipp.start({ scenario: 'uas-agent-phone-busy', port })
  await beAvailable(api)
  await using caller = await desk.caller()
  await sipp.done
  await using bob = await desk.phoneAgent('bob')
  await (await bob.phone.nextCall()).answer()
  const [refused] = await desk.ledger.offersEnded(caller.call, 2)
  expect(refused).toMatchObject({ agentId: api.me.id, outcome: 'rejected' })
  await caller.call.hangup()
  await endShift(api)
})

journey('SIPp registers with a password', async ({ desk }) => {
  const options = { to: desk.sipServer, domain: SIP_REALM, service: '1002', password, port: await freePort() }
  expect(await runSipp({ scenario: 'register-with-digest', ...options })).toContain('200')
})

/** Registers extension 1001 at a port that SIPp takes over. */
async function registerForSipp(desk: Desk): Promise<number> {
  const port = await freePort()
  const options = { user: '1001', domain: SIP_REALM, server: desk.sipServer, password, port }
  await using phone = await Phone.start(options)
  await phone.register()
  return port
}

async function beAvailable(api: Api): Promise<void> {
  await api.command('agent:sign-in', { device: 'sip' })
  await api.command('agent:set-status', { chosen: { status: 'available' } })
}
