import { describe, expect, it } from 'vitest'
import { HandClock } from '../../testing/hand-clock.ts'
import { RecordingFlow } from '../../testing/recording-flow.ts'
import { InviteServer } from './invite-server.ts'
import { NonInviteServer } from './non-invite-server.ts'
import { defaultTimers } from './timers.ts'

function inviteServer(protocol: 'udp' | 'tcp' = 'udp') {
  const clock = new HandClock()
  const flow = new RecordingFlow(clock, protocol)
  const state = { ended: 0 }
  const machine = new InviteServer(flow, clock, defaultTimers, () => state.ended++)
  return { clock, flow, state, machine }
}

function nonInviteServer(protocol: 'udp' | 'tcp' = 'udp') {
  const clock = new HandClock()
  const flow = new RecordingFlow(clock, protocol)
  const state = { ended: 0 }
  const machine = new NonInviteServer(flow, clock, defaultTimers, () => state.ended++)
  return { clock, flow, state, machine }
}

const text = (name: string) => Buffer.from(name)

describe('the INVITE server transaction', () => {
  it('[IS1] repeats the last provisional response for a repeated INVITE', () => {
    const { flow, machine } = inviteServer()
    machine.requestAgain()
    expect(flow.sent).toEqual([])
    machine.respond(100, text('100'))
    machine.respond(180, text('180'))
    machine.requestAgain()
    expect(flow.sent).toEqual(['0 100', '0 180', '0 180'])
  })

  it('[IS2] repeats a failure at T1, 2*T1 … T2, and for a repeated INVITE', () => {
    const { clock, flow, machine } = inviteServer()
    machine.respond(486, text('486'))
    clock.pass(20_000)
    expect(flow.times).toEqual([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500])
    machine.requestAgain()
    expect(flow.times.at(-1)).toBe(20_000)
  })

  it('[IS3] sends a failure once over a reliable transport', () => {
    const { clock, flow, machine } = inviteServer('tcp')
    machine.respond(486, text('486'))
    clock.pass(31_000)
    expect(flow.times).toEqual([0])
  })

  it('[IS4] falls silent with the ACK, and ends T4 later, or at once over a reliable transport', () => {
    const udp = inviteServer()
    udp.machine.respond(486, text('486'))
    udp.machine.handle('ack')
    udp.machine.handle('ack')
    udp.clock.pass(4999)
    expect([udp.flow.times, udp.machine.state]).toEqual([[0], 'confirmed'])
    udp.clock.pass(1)
    expect([udp.state.ended, udp.clock.pending]).toEqual([1, 0])
    const tcp = inviteServer('tcp')
    tcp.machine.respond(486, text('486'))
    tcp.machine.handle('ack')
    expect([tcp.state.ended, tcp.clock.pending]).toEqual([1, 0])
  })

  it('[IS5] ends 64*T1 after a failure without ACK', () => {
    const { clock, state, machine } = inviteServer()
    machine.respond(486, text('486'))
    clock.pass(31_999)
    expect(state.ended).toBe(0)
    clock.pass(1)
    expect([state.ended, machine.state, clock.pending]).toEqual([1, 'terminated', 0])
  })

  it('[IS6] after a 2xx absorbs INVITEs for 64*T1 and sends nothing by itself', () => {
    const { clock, flow, state, machine } = inviteServer()
    machine.respond(200, text('200'))
    machine.requestAgain()
    machine.handle('ack')
    clock.pass(31_999)
    expect([flow.sent, state.ended]).toEqual([['0 200'], 0])
    clock.pass(1)
    expect([state.ended, clock.pending]).toEqual([1, 0])
  })

  it('[IS7] absorbs a final response after a final response', () => {
    for (const first of [200, 486]) {
      const { flow, machine } = inviteServer('tcp')
      machine.respond(first, text('first'))
      machine.respond(200, text('second'))
      machine.respond(500, text('third'))
      expect(flow.sent).toEqual(['0 first'])
    }
  })
})

describe('the non-INVITE server transaction', () => {
  it('[NS1] absorbs repetitions before any response', () => {
    const { flow, machine } = nonInviteServer()
    machine.requestAgain()
    expect(flow.sent).toEqual([])
  })

  it('[NS2] repeats its response for a repeated request', () => {
    const { flow, machine } = nonInviteServer()
    machine.respond(183, text('183'))
    machine.requestAgain()
    machine.respond(200, text('200'))
    machine.requestAgain()
    machine.respond(500, text('500'))
    expect(flow.sent).toEqual(['0 183', '0 183', '0 200', '0 200'])
  })

  it('[NS3] ends 64*T1 after the final response, or at once over a reliable transport', () => {
    const udp = nonInviteServer()
    udp.machine.respond(200, text('200'))
    udp.clock.pass(31_999)
    expect(udp.state.ended).toBe(0)
    udp.clock.pass(1)
    expect([udp.state.ended, udp.clock.pending]).toEqual([1, 0])
    const tcp = nonInviteServer('tcp')
    tcp.machine.respond(200, text('200'))
    expect([tcp.state.ended, tcp.clock.pending]).toEqual([1, 0])
  })
})
