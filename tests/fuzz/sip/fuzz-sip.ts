import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FuzzOptions } from '../main.ts'
import { Random } from '../random.ts'
import { mutate } from './mutate.ts'
import { seeds } from './seeds.ts'
import { startTarget, type Target } from './target.ts'
import { TornStream } from './torn-stream.ts'

/** Datagrams between two looks at whether the server still answers. */
const BATCH = 200
const PATIENCE_MS = 10_000
const SAY_MS = 20_000
/** After the first tenth of the time; garbage waits for its collector. */
const MOST_GROWTH_MB = 200

/** Mutated datagrams and torn streams against a SIP server process with an application: it must neither die, stall, grow nor fail inside. */
export async function fuzzSip({ seconds, seed, say }: FuzzOptions): Promise<void> {
  const random = new Random(seed)
  const samples = seeds()
  await using target = await startTarget()
  using stream = new TornStream(target.tcp, random)
  const mallory = createSocket('udp4')
  mallory.bind(0, '127.0.0.1')
  await once(mallory, 'listening')
  const startedAt = performance.now()
  let sent: Buffer[] = []
  let datagrams = 0
  let warmMb = 0
  let saidAt = startedAt
  try {
    while (performance.now() - startedAt < seconds * 1000) {
      sent = Array.from({ length: BATCH }, () => mutate(random, samples))
      for (const bytes of sent) mallory.send(bytes, target.udp.port, target.udp.host)
      datagrams += BATCH
      stream.write(Buffer.concat(Array.from({ length: 20 }, () => mutate(random, samples))))
      await stillAnswers(mallory, target, datagrams)
      if (warmMb === 0 && performance.now() - startedAt > seconds * 100) warmMb = await target.memoryMb()
      if (performance.now() - saidAt > SAY_MS) {
        saidAt = performance.now()
        say(`${datagrams} datagrams, memory ${await target.memoryMb()} MB`)
      }
    }
    const growth = (await target.memoryMb()) - warmMb
    if (growth > MOST_GROWTH_MB) throw new Error(`memory grew by ${growth} MB`)
    await forgets(target)
    say(`${datagrams} datagrams, ${stream.written} bytes of streams, memory +${growth} MB`)
  } catch (error) {
    const file = join(tmpdir(), `fuzz-sip-${seed}.json`)
    await writeFile(file, JSON.stringify(sent.map((bytes) => bytes.toString('latin1'))))
    const reason = (error as Error).message
    throw new Error(`${datagrams} datagrams with seed ${seed}, the last in ${file}: ${reason}\n${target.log()}`)
  } finally {
    mallory.close()
  }
}

/** A request that is answered without state, repeated because the socket's buffer may be full of what came before. */
async function stillAnswers(phone: Socket, { udp }: Target, number: number): Promise<void> {
  const id = `probe-${number}`
  const probe = Buffer.from(
    `OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK${id}\r\nCall-ID: ${id}\r\n\r\n`,
  )
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const take = (bytes: Buffer) => bytes.includes(`Call-ID: ${id}\r\n`) && resolve()
  const again = setInterval(() => phone.send(probe, udp.port, udp.host), 100)
  const late = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
  phone.on('message', take)
  phone.send(probe, udp.port, udp.host)
  await promise.finally(() => {
    clearInterval(again)
    clearTimeout(late)
    phone.off('message', take)
  })
}

/** Transactions end by their timers, and no message has brought a mistake of the server's own to light. */
async function forgets(target: Target): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const kept = await target.kept()
    if (kept === undefined) return
    if (performance.now() > deadline) throw new Error(`the server kept ${kept}`)
  }
}
