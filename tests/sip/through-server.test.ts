import { startSipServer } from '@ringdown/sip'
import Srf from 'drachtio-srf'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tone } from './audio/sources.ts'
import { Phone } from './phone/phone.ts'
import { runSipp, Sipp } from './sipp.ts'

/** Our SIP server with a small application on it: who registered can be called by name, everybody else is unknown. */
let server: Awaited<ReturnType<typeof startSipServer>>
let srf: Srf
let hostPort: string
const contacts = new Map<string, string>()

beforeAll(async () => {
  const secret = 'for this test only'
  server = await startSipServer({ listen: ['udp:127.0.0.1:0'], adminPort: 0, secret, logLevel: 'silent' })
  const { host, port } = server.listeners[0]!
  hostPort = `${host}:${port}`
  srf = new Srf()
  await new Promise<void>((resolve, reject) => {
    srf.on('connect', (error: unknown) => (error ? reject(error) : resolve()))
    srf.connect({ host: '127.0.0.1', port: server.admin.port, secret })
  })
  srf.use('register', (req: Srf.SrfRequest, res: Srf.SrfResponse) => {
    const user = /sip:([^@]+)@/.exec(req.get('From'))![1]!
    contacts.set(user, /<([^>]+)>/.exec(req.get('Contact'))![1]!)
    res.send(200, { headers: { Contact: req.get('Contact'), Expires: '300' } })
  })
  srf.invite(async (req: Srf.SrfRequest, res: Srf.SrfResponse) => {
    const contact = contacts.get(/sip:([^@]+)@/.exec(req.uri)![1]!)
    if (!contact) return void res.send(404)
    try {
      const { uas, uac } = await srf.createB2BUA(req, res, contact, {})
      uas.on('destroy', () => uac.destroy())
      uac.on('destroy', () => uas.destroy())
    } catch {
      // the refusal of the callee, or the caller's CANCEL, has been passed on
    }
  })
})

afterAll(async () => {
  srf?.disconnect()
  await server?.[Symbol.asyncDispose]()
})

async function registered(user: string) {
  const phone = await Phone.start({ user, server: hostPort })
  await phone.register()
  return phone
}

it('alice calls bob through the server, both hear each other, bob hangs up', async () => {
  await using alice = await registered('alice')
  await using bob = await registered('bob')
  const outgoing = await alice.call('bob')
  const incoming = await bob.nextCall()
  await incoming.ring()
  await outgoing.ringing
  await incoming.answer()
  await outgoing.untilAnswered()
  outgoing.audio.play(tone(440))
  incoming.audio.play(tone(800))
  await Promise.all([incoming.audio.hears(440), outgoing.audio.hears(800)])
  await incoming.hangup()
  expect(await outgoing.untilEnded()).toMatchObject({ by: 'them', how: 'hung up' })
  expect(outgoing.ladder()).toEqual(['INVITE', '100', '180', '200', 'ACK', 'BYE', '200'])
})

it('a CANCEL reaches the phone that rings', async () => {
  await using alice = await registered('alice')
  await using bob = await registered('bob')
  const outgoing = await alice.call('bob')
  const incoming = await bob.nextCall()
  await incoming.ring()
  await outgoing.ringing
  expect(await outgoing.cancel()).toMatchObject({ how: 'cancelled', status: 487 })
  expect(await incoming.untilEnded()).toMatchObject({ by: 'them', how: 'cancelled' })
})

it('busy and unknown come back as they are', async () => {
  await using alice = await registered('alice')
  await using bob = await registered('bob')
  const busy = await alice.call('bob')
  await (await bob.nextCall()).reject(486)
  expect(await busy.untilEnded()).toMatchObject({ how: 'rejected', status: 486 })
  expect(await (await alice.call('nobody')).untilEnded()).toMatchObject({ how: 'rejected', status: 404 })
})

it('sipp calls bob, and alice calls sipp', async () => {
  await using bob = await registered('bob')
  const called = runSipp({ scenario: 'uac-call-and-hangup', to: hostPort, service: 'bob', tone: 600 })
  const incoming = await bob.nextCall()
  await incoming.ring()
  await incoming.answer()
  await incoming.audio.hears(600)
  expect(await called).toEqual(['INVITE', '100', '180', '200', 'ACK', 'BYE', '200'])

  await using agent = await Sipp.start({
    scenario: 'uas-agent-phone-answers',
    service: 'agent',
    tone: 900,
    pauseMs: 100,
  })
  contacts.set('agent', `sip:agent@127.0.0.1:${agent.port}`)
  await using alice = await registered('alice')
  const outgoing = await alice.call('agent')
  await outgoing.untilAnswered()
  await outgoing.audio.hears(900)
  await outgoing.hangup()
  await agent.done
})
