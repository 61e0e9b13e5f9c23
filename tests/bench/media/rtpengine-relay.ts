import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { type Bencoded, bdecode, bencode } from './bencode.ts'
import { freePort, phoneSdp, portIn, type Relay } from './relay.ts'

const ANSWER_WITHIN_MS = 2_000
const STARTS_WITHIN_MS = 10_000

/** rtpengine in user space, driven by its ng protocol: the measure of what a relay may cost. */
export class RtpengineRelay implements Relay {
  readonly name = 'rtpengine'
  readonly pid: number
  readonly #socket: Socket
  readonly #end: () => void
  readonly #answers = new Map<string, (answer: Record<string, Bencoded>) => void>()
  #calls: string[] = []

  private constructor(pid: number, socket: Socket, end: () => void) {
    this.pid = pid
    this.#socket = socket
    this.#end = end
    socket.on('message', (data) => {
      const space = data.indexOf(' ')
      this.#answers.get(data.toString('latin1', 0, space))?.(
        bdecode(data.subarray(space + 1)) as Record<string, Bencoded>,
      )
    })
  }

  /** One that listens already, on this machine. */
  static async at(host: string, port: number): Promise<RtpengineRelay> {
    const pid = await processNamed('rtpengine')
    if (!pid) throw new Error('no process rtpengine on this machine: what it costs could not be measured')
    return RtpengineRelay.#speakTo(host, port, pid, () => {})
  }

  /** The one that is installed, with one thread for packets, on one core. Undefined when there is none. */
  static async start(core: number): Promise<RtpengineRelay | undefined> {
    const port = await freePort()
    const options = [
      ...[
        '--config-file=none',
        '--interface=127.0.0.1',
        `--listen-ng=127.0.0.1:${port}`,
        '--table=-1',
        '--foreground',
        '--log-level=3',
      ],
      ...['--num-threads=1', '--port-min=30000', '--port-max=39999', '--log-stderr'],
    ]
    const child = spawn('taskset', ['-c', String(core), 'rtpengine', ...options], { stdio: 'ignore' })
    let gone = false
    child.once('error', () => {
      gone = true
    })
    child.once('exit', () => {
      gone = true
    })
    const relay = await RtpengineRelay.#speakTo(
      '127.0.0.1',
      port,
      child.pid ?? 0,
      () => child.kill(),
      () => !gone,
    )
    return gone ? undefined : relay
  }

  static async #speakTo(
    host: string,
    port: number,
    pid: number,
    end: () => void,
    lives: () => boolean = () => true,
  ): Promise<RtpengineRelay> {
    const socket = createSocket('udp4')
    socket.connect(port, host)
    await once(socket, 'connect')
    // Nobody listens there until it has started.
    socket.on('error', () => {})
    const relay = new RtpengineRelay(pid, socket, end)
    const deadline = performance.now() + STARTS_WITHIN_MS
    while (lives() && performance.now() < deadline) {
      const answered = await relay.#ask({ command: 'ping' }).catch(() => undefined)
      if (answered) break
    }
    return relay
  }

  async open(calls: number, phonesPort: number): Promise<number[]> {
    const ports: number[] = []
    const flags = { replace: ['origin'], ICE: 'remove', 'transport-protocol': 'RTP/AVP', flags: ['trust-address'] }
    for (let i = 0; i < calls; i++) {
      const call = { 'call-id': randomUUID(), 'from-tag': 'a', sdp: phoneSdp(phonesPort), ...flags }
      const offered = await this.#ask({ command: 'offer', ...call })
      const answered = await this.#ask({ command: 'answer', ...call, 'to-tag': 'b' })
      // The port in the offer is where the called one sends, that in the answer where the caller sends.
      ports.push(portIn(String(answered.sdp)), portIn(String(offered.sdp)))
      this.#calls.push(call['call-id'])
    }
    return ports
  }

  async close(): Promise<void> {
    for (const id of this.#calls)
      await this.#ask({ command: 'delete', 'call-id': id, 'from-tag': 'a', 'delete-delay': 0 })
    this.#calls = []
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close()
    this.#end()
  }

  #ask(command: { command: string } & Record<string, Bencoded>): Promise<Record<string, Bencoded>> {
    const cookie = randomUUID()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`rtpengine does not answer ${command.command}`)),
        ANSWER_WITHIN_MS,
      )
      this.#answers.set(cookie, (answer) => {
        clearTimeout(timer)
        this.#answers.delete(cookie)
        if (answer.result === 'error') reject(new Error(`rtpengine: ${String(answer['error-reason'])}`))
        else resolve(answer)
      })
      this.#socket.send(`${cookie} ${bencode(command)}`)
    })
  }
}

async function processNamed(name: string): Promise<number | undefined> {
  for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const running = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
    if (running.trim() === name) return Number(pid)
  }
  return undefined
}
