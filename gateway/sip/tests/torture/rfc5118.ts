import type { Torture } from './message.ts'

const register = (requestUri: string, extra = '') => `
REGISTER sip:${requestUri} SIP/2.0
To: sip:user@example.com
From: sip:user@example.com;tag=81x2
Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111
Call-ID: SSG9559905523997077@hlau_4100
Max-Forwards: 70
Contact: "Caller" <sip:caller@[2001:db8::1]>
CSeq: 98176 REGISTER
${extra}Content-Length: 0

`
const bye = (via: string) => `
BYE sip:[2001:db8::10] SIP/2.0
To: sip:user@example.com;tag=bd76ya
From: sip:user@example.com;tag=81x2
Via: SIP/2.0/UDP ${via}
Call-ID: SSG9559905523997077@hlau_4100
Max-Forwards: 70
CSeq: 321 BYE
Content-Length: 0

`
const options = (host: string) => `
OPTIONS sip:user@[${host}] SIP/2.0
To: sip:user@[${host}]
From: sip:user@example.com;tag=810x2
Via: SIP/2.0/UDP lab1.east.example.com;branch=z9hG4bKas3-111
Call-ID: G9559905523997077@hlau_4100
CSeq: 689 OPTIONS
Max-Forwards: 70
Content-Length: 0

`
const invite = (headers: string, addresses: string, media = 'm=audio 6000 RTP/AVP 2\na=rtpmap:2 G726-32/8000\n') => {
  const body = `v=0\no=assistant 971731711378798081 0 ${addresses}\ns=Live video feed for today's meeting\nc=${addresses}\nt=3338481189 3370017201\n${media}`
  return `
INVITE sip:user@[2001:db8::10] SIP/2.0
To: sip:user@[2001:db8::10]
From: sip:user@example.com;tag=81x2
${headers}
Call-ID: SSG9559905523997077@hlau_4100
CSeq: 612 INVITE
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: ${body.replace(/\n/g, '\r\n').length}

${body}`
}
const phone = 'Via: SIP/2.0/UDP [2001:db8::20];branch=z9hG4bKas3-111\nContact: "Caller" <sip:caller@[2001:db8::20]>'

/** RFC 5118 section 4: IPv6. Bodies are shorter than there; what they show is kept. */
export const ipv6: readonly Torture[] = [
  { section: '4.1', name: 'a valid IPv6 reference', treatment: 'taken', text: register('[2001:db8::10]') },
  { section: '4.2', name: 'an IPv6 address without brackets', treatment: 400, text: register('2001:db8::10') },
  {
    section: '4.3',
    name: 'a port inside the brackets',
    treatment: 'taken',
    because: 'it is the last part of the address',
    text: register('[2001:db8::10:5070]'),
  },
  { section: '4.4', name: 'a port after the brackets', treatment: 'taken', text: register('[2001:db8::10]:5070') },
  {
    section: '4.5',
    name: 'received with brackets',
    treatment: 481,
    text: bye('[2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3-111'),
  },
  {
    section: '4.5',
    name: 'received without brackets',
    treatment: 481,
    text: bye('[2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3-111'),
  },
  { section: '4.6', name: 'IPv6 in the body', treatment: 'taken', text: invite(phone, 'IN IP6 2001:db8::20') },
  {
    section: '4.7',
    name: 'both families in Via',
    treatment: 481,
    text: bye(
      '[2001:db8::9:1]:6050;branch=z9hG4bKas3-111\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKjhja8781hjuaij65144\nVia: SIP/2.0/TCP [2001:db8::9:255];branch=z9hG4bK451jj;received=192.0.2.200',
    ),
  },
  {
    section: '4.8',
    name: 'both families in the body',
    treatment: 'taken',
    text: invite(
      phone,
      'IN IP6 2001:db8::20',
      'm=audio 22334 RTP/AVP 0\nc=IN IP4 192.0.2.1\nm=video 6024 RTP/AVP 107\nc=IN IP6 2001:db8::1\n',
    ),
  },
  {
    section: '4.9',
    name: 'IPv4 mapped into IPv6',
    treatment: 'taken',
    text: invite(
      'Via: SIP/2.0/UDP [::ffff:192.0.2.10]:19823;branch=z9hG4bKbh19\nVia: SIP/2.0/UDP [::ffff:192.0.2.2];branch=z9hG4bKas3-111\nContact: "T. desk phone" <sip:ted@[::ffff:192.0.2.2]>',
      'IN IP6 ::ffff:192.0.2.2',
    ),
  },
  {
    section: '4.10',
    name: 'three colons, as the grammar of RFC 3261 has it by mistake',
    treatment: 'taken',
    text: options('2001:db8:::192.0.2.1'),
  },
  { section: '4.10', name: 'two colons, as is right', treatment: 'taken', text: options('2001:db8::192.0.2.1') },
]
