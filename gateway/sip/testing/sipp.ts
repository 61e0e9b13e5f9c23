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
  const file = fileURLToPath(new URL(`../scenarios/${scenario}.xml`, import.meta.url))
  const isPhone = scenario.startsWith('uas-')
  const run = await runSippFile(file, { transport, ...(isPhone ? {} : { to: server }) })
  if (isPhone && transport === 'tcp') await untilOpen(run.port)
  return run
}

export type SippOptions = {
  readonly transport?: 'udp' | 'tcp'
  /** Where to call; without it SIPp waits for a call. */
  readonly to?: Endpoint
  /** Undefined takes a free one. */
  readonly port?: number
  /** How many calls; Infinity for as long as it lives. */
  readonly calls?: number
  readonly args?: readonly string[]
}

/** Runs a scenario. `stop` ends it; what it was doing then counts as passed. */
export async function runSippFile(
  file: string,
  { transport = 'udp', to, port: asked, calls = 1, args = [] }: SippOptions,
): Promise<SippRun & { stop(): void }> {
  const [port, mediaPort] = [asked ?? (await freePort()), await freePort()]
  const child = spawn(
    'sipp',
    [
      ...['-nostdin', '-sf', file, '-i', '127.0.0.1', '-p', String(port), '-mp', String(mediaPort)],
      ...['-t', transport === 'udp' ? 'u1' : 't1', ...args],
      ...(calls === Number.POSITIVE_INFINITY ? [] : ['-m', String(calls), '-timeout', '25', '-timeout_error']),
      ...(to ? [`${to.host}:${to.port}`] : []),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk).slice(-3000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const passed = once(child, 'close').then(([code]) => {
    if (code !== 0 && !child.killed) throw new Error(`sipp ${file} over ${transport} ended with ${code}:\n${output}`)
  })
  passed.catch(() => {})
  return { port, passed, stop: () => child.kill('SIGKILL') }
}

/**
 * A port that is free over UDP and TCP, below those that the kernel gives to whoever asks for any: between this look and
 * SIPp's bind nobody else is given it. The even port after it is free too: SIPp takes both for audio and video.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + 4 * Math.floor(Math.random() * 2_500)
    if (given.has(port)) continue
    given.add(port)
    if ((await isFree(createServer(), port)) && (await areFree([port, port + 2]))) return port
  }
}
const given = new Set<number>()

async function areFree(ports: readonly number[]): Promise<boolean> {
  const free = await Promise.all(ports.map((port) => isFree(createSocket('udp4'), port)))
  return free.every(Boolean)
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
