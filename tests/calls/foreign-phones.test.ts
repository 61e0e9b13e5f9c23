import { unwrap } from '@ringdown/core/kernel'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aUser } from '../factories/index.ts'
import { Phone, RegistrationRefused } from '../sip/index.ts'
import { Sipp } from '../sip/sipp.ts'
import { Switchboard, sipPassword } from './switchboard.ts'
import { queued } from './talking.ts'

let board: Switchboard
beforeEach(async () => {
  board = await Switchboard.start()
})
afterEach(async () => {
  expect(await board.drift()).toBe(0)
  await board[Symbol.asyncDispose]()
})

/** SIPp registers as an agent's phone and waits at the same port for its calls. */
async function sippAgent(scenario: 'uas-agent-phone-answers' | 'uas-agent-phone-busy') {
  const queues = Object.values(board.queues).map(({ id }) => id)
  const user = await aUser(board.sql, { extension: '1001', sipPassword, queues })
  const register = { scenario: 'register-with-digest', to: board.server, service: '1001', domain: 'ringdown' } as const
  await using registration = await Sipp.start({ ...register, password: sipPassword })
  await registration.done
  const phone = await Sipp.start({ scenario, service: '1001', port: registration.port, pauseMs: 100, tone: 620 })
  unwrap(await board.routing.agents.signIn(user.id, 'sip'))
  const begin = () => board.routing.agents.chooseStatus(user.id, { status: 'available' })
  return { user, phone, begin }
}

it('SIPp as a caller: heard, queued and gone', async () => {
  await using sipp = await Sipp.start({
    scenario: 'uac-call-and-hangup',
    to: board.server,
    service: '4000',
    pauseMs: 800,
  })
  await sipp.done
  expect((await board.happened('contact_ended')).termination.reason).toBe('abandoned_in_ivr')
})

it('SIPp as an agent’s phone that registers, rings and answers', async () => {
  const { phone, begin } = await sippAgent('uas-agent-phone-answers')
  await using sipp = phone
  await using caller = await board.caller()
  const call = await queued(caller)
  unwrap(await begin())
  await board.happened('segment_started')
  await call.audio.hears(620)
  await call.hangup()
  await sipp.done
  await board.happened('contact_ended')
})

it('SIPp as an agent’s phone that is busy: the offer is rejected', async () => {
  const { phone, user, begin } = await sippAgent('uas-agent-phone-busy')
  await using sipp = phone
  await using caller = await board.caller()
  const call = await queued(caller)
  unwrap(await begin())
  await sipp.done
  expect(await board.happened('offer_ended')).toMatchObject({ outcome: 'rejected', agentId: user.id })
  await call.hangup()
  await board.happened('contact_ended')
})

it.each(['MD5', 'SHA-256'] as const)('registers a phone that knows %s only', async (digest) => {
  await aUser(board.sql, { extension: '1001', sipPassword })
  const right = { user: '1001', password: sipPassword, server: board.server, domain: 'ringdown', digest }
  await using phone = await Phone.start(right)
  expect(await phone.register()).toMatchObject({ status: 200 })
  expect(await phone.unregister()).toMatchObject({ status: 200 })
  await using wrong = await Phone.start({ ...right, password: 'guessed' })
  await expect(wrong.register()).rejects.toThrow(RegistrationRefused)
})

it('takes an agent whose registration ends out of routing', async () => {
  await using li = await board.agent('1001')
  await li.phone.unregister()
  expect((await board.foundation.agents.read(li.user.id))?.device.proven).toBe(false)
})
