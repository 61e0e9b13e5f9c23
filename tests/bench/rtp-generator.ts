import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { connectMedia, type MediaClient } from '@ringdown/media/client'

/**
 * A process of its own: `rtp-generator.ts <rpc port> <secret> <calls> <ms>` sets up relayed calls of two legs, lets both ends
 * talk, and prints one JSON line with what arrived.
 */
const [port = '', secret = '', calls = '', lastsMs = ''] = process.argv.slice(2)
const packetMs = 20
const samplesPerMs = 8
const settleMs = 1500

type End = { socket: Socket; sent: number; received: number; transitMs: number; jitterMs: number }

await using media = await connectMedia({ host: '127.0.0.1', port: Number(port), secret })
const ends: End[] = []
for (let call = 0; call < Number(calls); call++) {
  const legs: [string, string] = [await openEnd(media), await openEnd(media)]
  await media.call('bridge.create', { legs })
}
const stop = talk()
await pause(settleMs)
for (const end of ends) end.sent = end.received = 0
console.log(JSON.stringify({ msg: 'measuring' }))
const before = performance.eventLoopUtilization()
await pause(Number(lastsMs))
const { utilization } = performance.eventLoopUtilization(before)
stop()
await pause(200)
const sum = (of: (end: End) => number) => ends.reduce((total, end) => total + of(end), 0)
const lossPercent = Math.max(0, 100 - (100 * sum((end) => end.received)) / sum((end) => end.sent))
const wanted = (ends.length * Number(lastsMs)) / packetMs
console.log(
  JSON.stringify({
    msg: 'measured',
    lossPercent,
    jitterMs: sum((end) => end.jitterMs) / ends.length,
    sentShare: sum((end) => end.sent) / wanted,
    generatorBusy: utilization,
  }),
)
process.exit(0)

async function openEnd(client: MediaClient): Promise<string> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const offer = [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'],
    ...[`m=audio ${socket.address().port} RTP/AVP 8`, ''],
  ].join('\r\n')
  const { legId, sdp } = await client.call('leg.create', { kind: 'rtp', offer })
  socket.connect(Number(/^m=audio (\d+)/m.exec(sdp)?.[1]), '127.0.0.1')
  await once(socket, 'connect')
  const end: End = { socket, sent: 0, received: 0, transitMs: Number.NaN, jitterMs: 0 }
  socket.on('message', (packet) => hear(end, packet))
  ends.push(end)
  return legId
}

/** Interarrival jitter (RFC 3550 6.4.1), by the clock of this process. */
function hear(end: End, packet: Buffer): void {
  end.received++
  const transitMs = performance.now() - packet.readUInt32BE(4) / samplesPerMs
  if (!Number.isNaN(end.transitMs)) end.jitterMs += (Math.abs(transitMs - end.transitMs) - end.jitterMs) / 16
  end.transitMs = transitMs
}

/** Every end sends a packet each 20 ms, spread over the 20 ms. */
function talk(): () => void {
  const startAt = performance.now()
  let due = 0
  const timer = setInterval(() => {
    const until = ((performance.now() - startAt) / packetMs) * ends.length
    for (; due < until; due++) {
      const end = ends[due % ends.length]!
      end.socket.send(packetOf(Math.floor(due / ends.length), due % ends.length))
      end.sent++
    }
  }, 1)
  return () => clearInterval(timer)
}

function packetOf(n: number, ssrc: number): Buffer {
  const packet = Buffer.alloc(172, 0xd5)
  packet.writeUInt16BE(0x8008, 0)
  packet.writeUInt16BE(n & 0xffff, 2)
  packet.writeUInt32BE((n * packetMs * samplesPerMs) >>> 0, 4)
  packet.writeUInt32BE(ssrc + 1, 8)
  return packet
}
