import type { ContactEvent } from '@ringdown/core/events'
import type { ContactId } from '@ringdown/core/kernel'
import type { Ladder } from '../postgres/index.ts'
import type { DemoCall } from './calls/index.ts'
import type { Random } from './random.ts'

const us = '192.0.2.10:5060'
const carrier = '198.51.100.20:5060'

export type DemoLadder = { contactId: ContactId; messages: Ladder }

/** The SIP messages of every call as our SIP server would have seen them: a carrier's INVITE, our answer, who rang off. */
export function demoLadders(calls: readonly DemoCall[], random: Random): DemoLadder[] {
  return calls.flatMap(({ log, caller }) => {
    const [started, ended] = [find(log.events, 'contact_started'), find(log.events, 'contact_ended')]
    if (!started || !ended) return []
    const dialog = {
      callId: started.sipCallId,
      caller: caller.number,
      to: started.to,
      tags: { caller: random.digits(9), us: random.digits(9) },
      branch: () => `z9hG4bK${random.digits(12)}`,
    }
    const byCaller = ended.termination.party === 'caller'
    return [
      { contactId: log.contactId, messages: [...answered(dialog, started.at), ...rungOff(dialog, ended.at, byCaller)] },
    ]
  })
}

type Dialog = {
  callId: string
  caller: string
  to: string
  tags: { caller: string; us: string }
  branch: () => string
}

function answered(dialog: Dialog, at: number): Ladder {
  const { to } = dialog
  const branch = dialog.branch()
  const invite = headers(dialog, { branch, cseq: '1 INVITE', tagged: false, contact: carrier })
  const progress = headers(dialog, { branch, cseq: '1 INVITE', tagged: true, contact: us })
  const ack = headers(dialog, { branch: dialog.branch(), cseq: '1 ACK', tagged: true })
  return [
    received(at - 14, message(`INVITE sip:${to}@${us} SIP/2.0`, invite, sdp(carrier, 30_000))),
    sent(at - 12, message('SIP/2.0 100 Trying', headers(dialog, { branch, cseq: '1 INVITE', tagged: false }))),
    sent(at + 6, message('SIP/2.0 200 OK', progress, sdp(us, 20_000))),
    received(at + 31, message(`ACK sip:${us} SIP/2.0`, ack)),
  ]
}

function rungOff(dialog: Dialog, at: number, byCaller: boolean): Ladder {
  const branch = dialog.branch()
  const about = headers(dialog, { branch, cseq: byCaller ? '2 BYE' : '1 BYE', tagged: true, fromUs: !byCaller })
  const bye = message(`BYE sip:${byCaller ? us : carrier} SIP/2.0`, about)
  const ok = message('SIP/2.0 200 OK', about)
  return byCaller ? [received(at - 4, bye), sent(at - 1, ok)] : [sent(at - 25, bye), received(at - 2, ok)]
}

function headers(
  { callId, caller, to, tags }: Dialog,
  about: { branch: string; cseq: string; tagged: boolean; fromUs?: boolean; contact?: string },
): string[] {
  const theirs = `<sip:${caller}@${carrier}>;tag=${tags.caller}`
  const ours = `<sip:${to}@${us}>${about.tagged ? `;tag=${tags.us}` : ''}`
  return [
    `Via: SIP/2.0/UDP ${about.fromUs ? us : carrier};branch=${about.branch};rport`,
    `From: ${about.fromUs ? ours : theirs}`,
    `To: ${about.fromUs ? theirs : ours}`,
    `Call-ID: ${callId}`,
    `CSeq: ${about.cseq}`,
    ...(about.contact ? [`Contact: <sip:${about.contact}>`] : []),
  ]
}

function message(startLine: string, lines: readonly string[], body = ''): string {
  const type = body === '' ? [] : ['Content-Type: application/sdp']
  const forwards = startLine.startsWith('SIP/2.0') ? [] : ['Max-Forwards: 70']
  return [startLine, ...lines, ...forwards, ...type, `Content-Length: ${body.length}`, '', body].join('\r\n')
}

function sdp(address: string, port: number): string {
  const host = address.split(':')[0]
  const lines = ['v=0', `o=- 1 1 IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0', `m=audio ${port} RTP/AVP 8 0 101`]
  return [...lines, 'a=rtpmap:101 telephone-event/8000', 'a=fmtp:101 0-16', ''].join('\r\n')
}

const hop = { transport: 'udp', local: us, remote: carrier }
const received = (at: number, text: string): Ladder[number] => ({ at, direction: 'in', ...hop, text })
const sent = (at: number, text: string): Ladder[number] => ({ at, direction: 'out', ...hop, text })

const find = <T extends ContactEvent['type']>(events: readonly ContactEvent[], type: T) =>
  events.find((event): event is Extract<ContactEvent, { type: T }> => event.type === type)
