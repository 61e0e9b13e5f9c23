import { expect, it } from 'vitest'
import { tone } from './audio/sources.ts'
import { Phone } from './phone/phone.ts'
import { runSipp, Sipp } from './sipp.ts'

it('sipp calls our phone, sends a tone and hangs up', async () => {
  await using bob = await Phone.start({ user: 'bob' })
  const to = `127.0.0.1:${bob.local.port}`
  await using sipp = await Sipp.start({ scenario: 'uac-call-and-hangup', to, service: 'bob', tone: 600, pauseMs: 1500 })
  const call = await bob.nextCall()
  expect(call.from.uri).toContain('13900138000')
  await call.ring()
  await call.answer()
  await call.audio.hears(600)
  expect(await call.untilEnded()).toEqual({ by: 'them', how: 'hung up' })
  await sipp.done
  expect(await sipp.ladder()).toEqual(['INVITE', '100', '180', '200', 'ACK', 'BYE', '200'])
})

it('sipp cancels while our phone rings', async () => {
  await using bob = await Phone.start({ user: 'bob' })
  await using sipp = await Sipp.start({
    scenario: 'uac-cancel-while-ringing-expect-487',
    to: `127.0.0.1:${bob.local.port}`,
  })
  const call = await bob.nextCall()
  await call.ring()
  expect(await call.untilEnded()).toMatchObject({ by: 'them', how: 'cancelled' })
  await sipp.done
})

it('our phone calls sipp, hears it and hangs up', async () => {
  await using sipp = await Sipp.start({
    scenario: 'uas-agent-phone-answers',
    service: 'agent',
    tone: 900,
    pauseMs: 200,
  })
  await using alice = await Phone.start({ user: 'alice' })
  const call = await alice.call(`sip:agent@127.0.0.1:${sipp.port}`)
  await call.untilAnswered()
  call.audio.play(tone(440))
  await call.audio.hears(900)
  expect(await call.hangup()).toMatchObject({ by: 'us', status: 200 })
  await sipp.done
  expect(call.ladder()).toEqual(['INVITE', '180', '200', 'ACK', 'BYE', '200'])
})

it('sipp is busy', async () => {
  await using sipp = await Sipp.start({ scenario: 'uas-agent-phone-busy' })
  await using alice = await Phone.start({ user: 'alice' })
  const call = await alice.call(`sip:agent@127.0.0.1:${sipp.port}`)
  expect(await call.untilEnded()).toMatchObject({ by: 'them', how: 'rejected', status: 486 })
  await sipp.done
})

it('a scenario that fails shows the ladder', async () => {
  await using bob = await Phone.start({ user: 'bob' })
  const failing = runSipp({ scenario: 'uac-call-and-hangup', to: `127.0.0.1:${bob.local.port}` })
  void bob.nextCall().then((call) => call.reject(603))
  await expect(failing).rejects.toThrow(
    /sipp uac-call-and-hangup ended with 1\n {2}sipp ───▶ INVITE .*\n.*100 Trying\n {2}sipp ◀─── SIP\/2.0 603 Decline/,
  )
})
