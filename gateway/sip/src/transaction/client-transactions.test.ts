import { describe, expect, it } from 'vitest'
import { HandClock } from '../../testing/hand-clock.ts'
import { RecordingFlow } from '../../testing/recording-flow.ts'
import { Headers } from '../message/headers.ts'
import { SipResponse } from '../message/message.ts'
import { InviteClient } from './invite-client.ts'
import { NonInviteClient } from './non-invite-client.ts'
import { defaultTimers } from './timers.ts'

function response(status: number): SipResponse {
  return new SipResponse(status, '', '', new Headers([]), Buffer.alloc(0))
}

function client(Machine: typeof InviteClient | typeof NonInviteClient, protocol: 'udp' | 'tcp' = 'udp') {
  const clock = new HandClock()
  const flow = new RecordingFlow(clock, protocol)
  const heard: (number | string)[] = []
  const user = {
    responded: ({ status }: SipResponse) => heard.push(status),
    failed: (why: string) => heard.push(why),
    ended: () => heard.push('ended'),
    acknowledge: () => Buffer.from('ACK'),
  }
  const machine = new Machine(Buffer.from('REQUEST'), flow, clock, defaultTimers, user)
  machine.start()
  return { clock, flow, heard, machine, hear: (status: number) => machine.receive(response(status), flow) }
}

describe('the INVITE client transaction', () => {
  it('[IC1] repeats the INVITE at doubled intervals until a response', () => {
    const { clock, flow, hear } = client(InviteClient)
    clock.pass(16_000)
    expect(flow.times).toEqual([0, 500, 1500, 3500, 7500, 15_500])
    hear(100)
    clock.pass(60_000)
    expect(flow.times).toHaveLength(6)
  })

  it('[IC2] sends it once over a reliable transport', () => {
    const { clock, flow } = client(InviteClient, 'tcp')
    clock.pass(31_000)
    expect(flow.times).toEqual([0])
  })

  it('[IC3] gives up after 64*T1 without a response, never after a provisional one', () => {
    const silent = client(InviteClient)
    silent.clock.pass(32_000)
    expect([silent.heard, silent.clock.pending]).toEqual([['ended', 'timeout'], 0])
    const ringing = client(InviteClient)
    ringing.hear(180)
    ringing.clock.pass(3_600_000)
    expect(ringing.heard).toEqual([180])
  })

  it('[IC4] acknowledges a failure each time it comes and passes it up once', () => {
    const { clock, flow, heard, hear } = client(InviteClient)
    hear(486)
    clock.pass(1000)
    hear(486)
    expect(flow.sent).toEqual(['0 REQUEST', '0 ACK', '1000 ACK'])
    clock.pass(31_000)
    expect([heard, clock.pending]).toEqual([[486, 'ended'], 0])
    const tcp = client(InviteClient, 'tcp')
    tcp.hear(486)
    expect([tcp.heard, tcp.clock.pending]).toEqual([[486, 'ended'], 0])
  })

  it('[IC5] passes every 2xx up for 64*T1 and sends no ACK', () => {
    const { clock, flow, heard, hear } = client(InviteClient)
    hear(200)
    hear(200)
    hear(486)
    clock.pass(32_000)
    hear(200)
    expect([heard, flow.sent, clock.pending]).toEqual([[200, 200, 'ended'], ['0 REQUEST'], 0])
  })

  it('[IC6] passes a transport error up once', () => {
    const { flow, heard } = client(InviteClient)
    flow.fail()
    flow.fail()
    expect(heard).toEqual(['ended', 'transport'])
  })

  it('[IC7] passes every provisional response up', () => {
    const { heard, hear } = client(InviteClient)
    for (const status of [100, 180, 183, 180]) hear(status)
    expect(heard).toEqual([100, 180, 183, 180])
  })
})

describe('the non-INVITE client transaction', () => {
  it('[NC1] repeats the request at T1, 2*T1 … T2, and every T2 after a provisional response', () => {
    const silent = client(NonInviteClient)
    silent.clock.pass(12_000)
    expect(silent.flow.times).toEqual([0, 500, 1500, 3500, 7500, 11_500])
    const trying = client(NonInviteClient)
    trying.hear(100)
    trying.clock.pass(12_000)
    expect(trying.flow.times).toEqual([0, 4000, 8000, 12_000])
    const tcp = client(NonInviteClient, 'tcp')
    tcp.clock.pass(31_000)
    expect(tcp.flow.times).toEqual([0])
  })

  it('[NC2] gives up after 64*T1, provisional responses or not', () => {
    for (const provisional of [false, true]) {
      const { clock, heard, hear } = client(NonInviteClient)
      if (provisional) hear(180)
      clock.pass(32_000)
      expect([heard.slice(-2), clock.pending]).toEqual([['ended', 'timeout'], 0])
    }
  })

  it('[NC3] passes a final response up once and absorbs repetitions for T4', () => {
    const { clock, heard, hear } = client(NonInviteClient)
    hear(200)
    hear(200)
    clock.pass(5000)
    expect([heard, clock.pending]).toEqual([[200, 'ended'], 0])
  })

  it('[NC4] passes a transport error up once', () => {
    const { flow, heard } = client(NonInviteClient)
    flow.fail()
    flow.fail()
    expect(heard).toEqual(['ended', 'transport'])
  })
})
