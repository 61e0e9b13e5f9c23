import { spawn } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Endpoint } from '../src/transport/flow.ts'

export type SippRun = {
  readonly port: number
  /** Resolves when the scenario has gone through; rejects with what SIPp wrote when it has not. */
  readonly passed: Promise<void>
}

/** Runs one scenario of `scenarios/` once, as caller towards `server` or as phone that waits for a call. */
export async function runSipp(scenario: string, transport: 'udp' | 'tcp', server: Endpoint): Promise<SippRun> {
  const [port, mediaPort] = [await freePort(), await freePort()]
  const file = fileURLToPath(new URL(`../scenarios/${scenario}.xml`, import.meta.url))
  const isPhone = scenario.startsWith('uas-')
  const child = spawn(
    'sipp',
    [
      ...['-nostdin', '-sf', file, '-m', '1', '-i', '127.0.0.1', '-p', String(port), '-mp', String(mediaPort)],
      ...['-t', transport === 'udp' ? 'u1' : 't1', '-timeout', '25', '-timeout_error'],
      ...(isPhone ? [] : [`${server.host}:${server.port}`]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const passed = once(child, 'close').then(([code]) => {
    if (code !== 0) throw new Error(`sipp ${scenario} over ${transport} ended with ${code}:\n${output.slice(-3000)}`)
  })
  passed.catch(() => {})
  if (isPhone && transport === 'tcp') await untilOpen(port)
  return { port, passed }
}

/**
 * A port that is free over UDP and TCP, below those that the kernel gives to whoever asks for any: between this look and
 * SIPp's bind nobody else is given it.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + 2 * Math.floor(Math.random() * 5_000)
    if ((await isFree(createSocket('udp4'), port)) && (await isFree(createServer(), port))) return port
  }
}

async function isFree(holder: Socket | Server, port: number): Promise<boolean> {
  const bound = once(holder, 'listening').then(
    () => true,
    () => false,
  )
  if (holder instanceof Server) holder.listen(port, '127.0.0.1')
  else holder.bind(port, '127.0.0.1')
  if (!(await bound)) return false
  const closed = once(holder, 'close')
  holder.close()
  await closed
  return true
}

/** SIPp takes a moment to listen; over UDP the retransmitted INVITE covers it. */
async function untilOpen(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const open = await new Promise((resolve) => {
      socket.on('connect', () => resolve(true))
      socket.on('error', () => resolve(false))
    })
    socket.destroy()
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
