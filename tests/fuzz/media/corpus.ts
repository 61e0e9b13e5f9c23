/** Sound inputs of every kind that the media server reads; they are what is mutated. */

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')
const lines = (...text: string[]): string => `${text.join('\r\n')}\r\n`

function rtp(payloadType: number, payload: Buffer, first = 0x80): Buffer {
  const header = Buffer.alloc(12)
  header[0] = first
  header[1] = payloadType
  header.writeUInt16BE(4_711, 2)
  header.writeUInt32BE(160_000, 4)
  header.writeUInt32BE(0x1234_5678, 8)
  return Buffer.concat([header, payload])
}

export const rtpPackets: readonly Buffer[] = [
  rtp(8, Buffer.alloc(160, 0xd5)),
  rtp(0, Buffer.alloc(160, 0xff)),
  rtp(8, Buffer.alloc(480, 0x2a)),
  rtp(101, bytes('05 0a 00a0')),
  rtp(101, bytes('05 8a 0320')),
  rtp(13, bytes('40')),
  // two CSRCs; an extension of one word; padding
  rtp(8, Buffer.concat([bytes('00000001 00000002'), Buffer.alloc(160, 0xd5)]), 0x82),
  rtp(8, Buffer.concat([bytes('bede0001 10aa0000'), Buffer.alloc(160, 0xd5)]), 0x90),
  rtp(8, Buffer.concat([Buffer.alloc(160, 0xd5), bytes('00000004')]), 0xa0),
]

export const rtcpPackets: readonly Buffer[] = [
  // SR with one block and SDES
  bytes(`81c8000c 12345678 e5a10000 80000000 00027100 00000064 00003e80
         00000001 00000000 00001267 00000010 00000000 00000000
         81ca0004 12345678 01076d65 64696140 78000000`),
  // RR, BYE with a reason
  bytes('81c90007 12345678 00000001 05000010 00011267 00000020 a1b2c3d4 00010000 81cb0003 12345678 04676f6e 65000000'),
  // XR: VoIP metrics, receiver reference time
  bytes(`80cf000d 12345678 07000008 00000001 05010a02 00780100 00c80032 1414 14 10 5d 7f 29 28 00000064 00960000
         04000002 e5a10000 80000000`),
  // NACK and PLI
  bytes('81cd0003 12345678 00000001 00050001 81ce0002 12345678 00000001'),
]

export const icePackets: readonly Buffer[] = [
  // STUN binding request with username, priority, ice-controlling, integrity and fingerprint
  bytes(`0001004c 2112a442 b7e7a701bc34d686fa87dfae 00060009 65767476 3a68366b 59000000 0024 0004 6e0001ff
         802a0008 932ff9b151263b36 00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 80280004 e57a3bcf`),
  // binding response with XOR-MAPPED-ADDRESS
  bytes('0101000c 2112a442 b7e7a701bc34d686fa87dfae 00200008 0001a147 e112a643'),
  // DTLS 1.2 ClientHello with use_srtp
  bytes(`16feff0000000000000000005a 010000 4e 0000 000000 00004e fefd
         000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 00 00 0004 c02bc02f 0100
         0020 000e0005 00020001 00 000a0004 0002 001d 000d0006 0004 04030401 00170000`),
  // DTLS alert and application data
  bytes('15fefd000000000000000100020100'),
  bytes('17fefd0001000000000001001000010203040506070809 0a0b0c0d0e0f'),
  ...rtpPackets.slice(0, 2),
  ...rtcpPackets.slice(0, 1),
]

export const rtpOffers: readonly string[] = [
  lines(
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 40000 RTP/AVP 8 0 101'],
    ...['a=rtpmap:8 PCMA/8000', 'a=rtpmap:101 telephone-event/8000', 'a=fmtp:101 0-15', 'a=ptime:20', 'a=sendrecv'],
  ),
  lines(
    ...['v=0', 'o=x 2 7 IN IP6 ::1', 's=call', 'c=IN IP6 ::1', 't=0 0', 'a=recvonly', 'm=video 0 RTP/AVP 96'],
    ...['m=audio 40002/2 RTP/SAVP 9 0', 'a=rtcp:40007 IN IP4 0.0.0.0', 'a=rtcp-mux', 'a=maxptime:60'],
    ...['a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4', 'b=AS:84'],
  ),
]

export const webrtcOffer = lines(
  ...['v=0', 'o=- 46117 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0', 'a=msid-semantic: WMS'],
  ...['m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8 126', 'c=IN IP4 0.0.0.0', 'a=rtcp:9 IN IP4 0.0.0.0', 'a=ice-ufrag:evtv'],
  ...['a=ice-pwd:VOkJxbRl1RmTxUk/WvJxBt0x', 'a=ice-options:trickle', 'a=setup:actpass', 'a=mid:0', 'a=sendrecv'],
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, i) => (i + 160).toString(16).toUpperCase()).join(':')}`,
  ...['a=rtcp-mux', 'a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1', 'a=rtpmap:0 PCMU/8000'],
  ...['a=rtpmap:8 PCMA/8000', 'a=rtpmap:126 telephone-event/8000', 'a=ssrc:3735928559 cname:browser'],
  'a=candidate:1 1 udp 2122260223 127.0.0.1 9 typ host generation 0',
)

export const candidate = 'candidate:1 1 udp 2122260223 127.0.0.1 40100 typ host generation 0 ufrag evtv'

/** Lines of the protocol, each a request. */
export const requests: readonly string[] = [
  { method: 'hello', params: { secret: 'wrong', owner: 'x' } },
  { method: 'leg.create', params: { kind: 'rtp', offer: rtpOffers[0], levels: true, codecs: ['PCMA'] } },
  { method: 'leg.play', params: { legId: 'x', files: ['zh/welcome'], loop: true } },
  { method: 'leg.dtmf', params: { legId: 'x', digits: '12#', durationMs: 100 } },
  { method: 'leg.tone', params: { legId: 'x', tone: { frequencies: [440, 480], onMs: 2_000, offMs: 4_000 } } },
  { method: 'bridge.create', params: { legs: ['x', 'y'], relayDtmf: true } },
  { method: 'recording.start', params: { customer: 'x', path: '../../etc/passwd' } },
  { method: 'server.stats', params: {} },
].map((request, id) => JSON.stringify({ id, ...request }))
