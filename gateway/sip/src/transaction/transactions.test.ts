import { describe, expect, it } from 'vitest'
import { HandClock } from '../../testing/hand-clock.ts'
import { RecordingFlow } from '../../testing/recording-flow.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import { parseMessage } from '../message/parse-message.ts'
import { InviteClient } from './invite-client.ts'
import { InviteServer } from './invite-server.ts'
import { defaultTimers } from './timers.ts'
import { keysOf, type ServerEntry, Transactions } from './transactions.ts'

function message(startLine: string, branch: string, seq = '1 INVITE', toTag = '', sentBy = 'a.example:5060') {
  const parsed = parseMessage(
    Buffer.from(
      [
        startLine,
        `Via: SIP/2.0/UDP ${sentBy};branch=${branch}`,
        'From: <sip:a@example.org>;tag=f',
        `To: <sip:b@example.org>${toTag && `;tag=${toTag}`}`,
        'Call-ID: c',
        `CSeq: ${seq}`,
        '',
        '',
      ].join('\r\n'),
    ),
  )
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.message
}

const request = (method: string, branch: string, toTag = '', sentBy?: string) =>
  message(`${method} sip:b@example.org SIP/2.0`, branch, `1 ${method}`, toTag, sentBy) as SipRequest

function tableWith(invite: SipRequest): { table: Transactions<string>; entry: ServerEntry<string> } {
  const table = new Transactions<string>()
  const clock = new HandClock()
  const machine = new InviteServer(new RecordingFlow(clock, 'udp'), clock, defaultTimers, () => {})
  const entry = { machine, toTag: 't', owner: undefined }
  table.addServer(keysOf(invite), entry)
  return { table, entry }
}

describe('matching', () => {
  it('[TM1] by branch, sent-by and method; the ACK with its INVITE', () => {
    const { table, entry } = tableWith(request('INVITE', 'z9hG4bK1'))
    expect(table.findServer(request('INVITE', 'z9hG4bK1'))).toBe(entry)
    expect(table.findServer(request('ACK', 'z9hG4bK1', 't'))).toBe(entry)
    expect(table.findServer(request('INVITE', 'z9hG4bK2'))).toBeUndefined()
    expect(table.findServer(request('BYE', 'z9hG4bK1'))).toBeUndefined()
    expect(table.findServer(request('INVITE', 'z9hG4bK1', '', 'b.example:5060'))).toBeUndefined()
  })

  it('[TM2] of an RFC 2543 request by what it has instead of a branch', () => {
    for (const branch of ['1', 'z9hG4bK']) {
      const { table, entry } = tableWith(request('INVITE', branch))
      expect(table.findServer(request('ACK', branch, 't'))).toBe(entry)
      expect(table.findServer(request('INVITE', `${branch}9`))).toBeUndefined()
    }
  })

  it('[TM3] of a CANCEL with the INVITE it means', () => {
    const { table, entry } = tableWith(request('INVITE', 'z9hG4bK1'))
    expect(table.findCancelled(request('CANCEL', 'z9hG4bK1'))).toBe(entry)
    expect(table.findCancelled(request('CANCEL', 'z9hG4bK2'))).toBeUndefined()
  })

  it('[TM4] of the same request by another way', () => {
    const { table } = tableWith(request('INVITE', 'z9hG4bK1'))
    expect(table.isMerged(request('INVITE', 'z9hG4bK2'))).toBe(true)
    expect(table.isMerged(request('INVITE', 'z9hG4bK2', 't'))).toBe(false)
    table.removeServer(keysOf(request('INVITE', 'z9hG4bK1')))
    expect(table.isMerged(request('INVITE', 'z9hG4bK2'))).toBe(false)
  })

  it('[TM5] of a response by branch and CSeq method', () => {
    const table = new Transactions<string>()
    const clock = new HandClock()
    const user = { responded() {}, failed() {}, ended() {}, acknowledge: () => Buffer.alloc(0) }
    const machine = new InviteClient(Buffer.alloc(0), new RecordingFlow(clock, 'udp'), clock, defaultTimers, user)
    table.addClient('z9hG4bK1', 'INVITE', machine)
    const answer = (branch: string, seq: string) => message('SIP/2.0 200 OK', branch, seq) as SipResponse
    expect(table.findClient(answer('z9hG4bK1', '1 INVITE'))).toBe(machine)
    expect(table.findClient(answer('z9hG4bK1', '1 CANCEL'))).toBeUndefined()
    expect(table.findClient(answer('z9hG4bK2', '1 INVITE'))).toBeUndefined()
  })
})
