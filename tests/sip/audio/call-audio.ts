import { createSocket, type Socket } from 'node:dgram'
import { AsyncQueue } from '../waiting/async-queue.ts'
import type { AudioAgreement } from './audio-agreement.ts'
import { onBeat } from './beat.ts'
import { type HeardDigit, isDialable } from './dtmf.ts'
import { Ears } from './ears.ts'
import { Recorder } from './recorder.ts'
import { RtpReceiver } from './rtp-receiver.ts'
import { RtpStream } from './rtp-stream.ts'
import type { AudioSource } from './sources.ts'
import { writeWav } from './wav.ts'

/** The audio of one call: a socket, what is sent and what is heard. Instants are ms since it was opened. */
export class CallAudio extends Ears {
  readonly port: number
  readonly recorder: Recorder
  readonly sent = new RtpStream()
  readonly digits: HeardDigit[] = []
  #receiver: RtpReceiver
  #newDigits = new AsyncQueue<HeardDigit>()
  #socket: Socket
  #agreement: AudioAgreement | undefined
  #stopBeat: () => void
  #open = true

  static async open(host: string): Promise<CallAudio> {
    return new CallAudio(await bindEven(host))
  }

  private constructor(socket: Socket) {
    const recorder = new Recorder()
    super(recorder)
    this.recorder = recorder
    this.port = socket.address().port
    this.#socket = socket
    this.#receiver = new RtpReceiver(recorder, (heard) => this.addDigit(heard))
    socket.on('error', () => {})
    socket.on('message', (datagram) => this.#receiver.receive(datagram, this.#agreement))
    this.#stopBeat = onBeat(() => this.#beat())
  }

  get agreement(): AudioAgreement | undefined {
    return this.#agreement
  }

  get received(): RtpReceiver['statistics'] {
    return this.#receiver.statistics
  }

  /** From now on to and from this peer, in this way. */
  connect(agreement: AudioAgreement): void {
    this.#agreement = agreement
  }

  play(source: AudioSource): void {
    this.sent.source = source
  }

  /** Sends digits as telephone-events; resolves when the last one has left. Throws when the peer does not take them. */
  async press(digits: string, { durationMs = 100, gapMs = 80 } = {}): Promise<void> {
    if (!isDialable(digits)) throw new Error(`not DTMF digits: ${digits}`)
    if (this.#agreement?.dtmfPayloadType === undefined) throw new Error('the peer did not agree on telephone-event')
    await Promise.all([...digits].map((digit) => this.sent.press(digit, durationMs, gapMs)))
  }

  /** A digit that came in: as a telephone-event, or by SIP INFO. */
  addDigit(heard: HeardDigit): void {
    this.digits.push(heard)
    this.#newDigits.push(heard)
  }

  /** Waits for exactly these digits, those that came earlier and were not yet asked for included. */
  async hearsDigits(expected: string, { withinMs = 5000 } = {}): Promise<void> {
    const deadline = Date.now() + withinMs
    let heard = ''
    const missing = () => `waited ${withinMs} ms for digits ${expected}, heard ${heard || 'none'}`
    while (heard.length < expected.length)
      heard += (await this.#newDigits.next(Math.max(0, deadline - Date.now()), missing)).digit
    if (heard !== expected) throw new Error(`expected digits ${expected}, heard ${heard}`)
  }

  /** Writes what was heard to a WAV file: 16 bit, 8 kHz, mono. */
  async save(path: string): Promise<void> {
    await writeWav(path, this.recorder.all())
  }

  async close(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    this.#stopBeat()
    this.recorder.stop()
    await new Promise<void>((resolve) => this.#socket.close(resolve))
  }

  #beat(): void {
    const agreement = this.#agreement
    if (!agreement) return
    const { host, port } = agreement.remote
    for (const packet of this.sent.beat(agreement)) this.#socket.send(packet, port, host, () => {})
  }
}

/** RTP wants an even port (RFC 3550 11); the system gives any, so a few are drawn. */
async function bindEven(host: string): Promise<Socket> {
  for (;;) {
    const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 1 << 19 })
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(0, host, resolve)
    })
    if (socket.address().port % 2 === 0) return socket
    await new Promise<void>((resolve) => socket.close(resolve))
  }
}
