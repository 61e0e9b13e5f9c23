import { spawn } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { connectMedia, type MediaClient } from '../src/client/index.ts'
import { writeRtp } from '../src/rtp/packet.ts'

/** Relays calls of two legs through a media server and prints what it costs. `node bench/relay.ts --calls 100,200 --threads 2` */
const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '50,100,200,300' },
    seconds: { type: 'string', default: '8' },
    record: { type: 'boolean', default: false },
    threads: { type: 'string', default: '1' },
  },
})

type Phone = { socket: Socket; port: number; to: number; sent: number; received: number }
const delays: number[] = []

const server = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
  env: {
    RINGDOWN_MEDIA_SECRET: 'bench',
    RINGDOWN_MEDIA_THREADS: options.threads,
    RINGDOWN_MEDIA_RPC_PORT: '0',
    RINGDOWN_MEDIA_METRICS_PORT: '0',
    RINGDOWN_MEDIA_PORT_REST_MS: '0',
    RINGDOWN_MEDIA_RECORDING_DIR: `/tmp/ringdown-bench-${process.pid}`,
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [line] = await once(createInterface(server.stdout), 'line')
const { rpcPort } = JSON.parse(line as string) as { rpcPort: number }
const client = await connectMedia({ host: '127.0.0.1', port: rpcPort, secret: 'bench' })
console.log(
  `${cpus().length} × ${cpus()[0]!.model}, node ${process.version}, ${options.threads} threads${options.record ? ', every call recorded' : ''}`,
)
console.log('calls   server CPU %   loss %   added delay p50 / p99 ms')
for (const calls of options.calls.split(',').map(Number)) await measure(calls, Number(options.seconds) * 1_000)
await client.close()
server.kill()
process.exit(0)

async function measure(calls: number, lastsMs: number): Promise<void> {
  const phones: Phone[] = []
  const legs: string[] = []
  for (let call = 0; call < calls; call++) {
    const pair = [await answer(client, phones, legs), await answer(client, phones, legs)] as [string, string]
    await client.call('bridge.create', { legs: pair })
    if (options.record) {
      const path = `${calls}-${call}.wav`
      await client.call('recording.start', { customer: pair[0], agent: pair[1], path })
    }
  }
  const stop = talk(phones)
  await pause(1_500)
  delays.length = 0
  for (const phone of phones) phone.sent = phone.received = 0
  const before = cpuMs(server.pid!)
  const startAt = performance.now()
  await pause(lastsMs)
  const cpu = (cpuMs(server.pid!) - before) / (performance.now() - startAt)
  stop()
  await pause(200)
  const sent = phones.reduce((sum, phone) => sum + phone.sent, 0)
  const received = phones.reduce((sum, phone) => sum + phone.received, 0)
  delays.sort((a, b) => a - b)
  const at = (share: number) => (delays[Math.floor(delays.length * share)] ?? Number.NaN).toFixed(2)
  const loss = Math.max(0, 100 - (100 * received) / sent).toFixed(3)
  console.log(
    `${String(calls).padStart(5)}   ${(cpu * 100).toFixed(0).padStart(12)}   ${loss}    ${at(0.5)} / ${at(0.99)}`,
  )
  for (const legId of legs) await client.call('leg.close', { legId })
  for (const { socket } of phones) socket.close()
}

async function answer(media: MediaClient, phones: Phone[], legs: string[]): Promise<string> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const port = socket.address().port
  const offer = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 8`,
    '',
  ].join('\r\n')
  const { legId, sdp } = await media.call('leg.create', { kind: 'rtp', offer })
  const phone: Phone = { socket, port, to: Number(/^m=audio (\d+)/m.exec(sdp)![1]), sent: 0, received: 0 }
  socket.connect(phone.to, '127.0.0.1')
  await once(socket, 'connect')
  socket.on('message', (data) => {
    // Silence of the server's own, from before the relay, carries no time.
    const sentAt = data.readDoubleBE(12)
    if (!(sentAt > 0 && sentAt < 1e12)) return
    phone.received++
    delays.push(performance.now() - sentAt)
  })
  phones.push(phone)
  legs.push(legId)
  return legId
}

/** Every phone sends 50 packets a second, each at a moment of its own within the 20 ms. */
function talk(phones: Phone[]): () => void {
  const payload = Buffer.alloc(160, 0xd5)
  const startAt = performance.now()
  let due = 0
  const timer = setInterval(() => {
    const until = ((performance.now() - startAt) / 20) * phones.length
    for (; due < until; due++) {
      const phone = phones[due % phones.length]!
      const n = Math.floor(due / phones.length)
      payload.writeDoubleBE(performance.now())
      phone.socket.send(
        writeRtp({
          payloadType: 8,
          marker: false,
          sequence: n & 0xffff,
          timestamp: n * 160,
          ssrc: phone.port,
          payload,
        }),
      )
      phone.sent++
    }
  }, 1)
  return () => clearInterval(timer)
}

function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
