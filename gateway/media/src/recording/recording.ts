import { randomInt, randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { SAMPLE_RATE } from '../codec/g711.ts'
import { TICK_MS, type Ticker } from '../engine.ts'
import { TalkMeter } from '../insight/talk-meter.ts'
import type { Party } from '../legs/party.ts'
import { MediaError } from '../protocol/errors.ts'
import type { EventData } from '../protocol/events.ts'
import type { Mark, MethodResult } from '../protocol/methods.ts'
import { BackgroundFile } from './background-file.ts'
import { fileFacts } from './file-facts.ts'
import { RecordedSide } from './recorded-side.ts'
import { SealedFormat } from './sealed-format.ts'
import { WavFormat } from './wav-format.ts'

export type SideName = 'customer' | 'agent'

const SAMPLES_PER_MS = SAMPLE_RATE / 1_000
/** 16 bits of both sides. */
const FRAME_BYTES = 4
/** How late a packet may come and still find its place. */
const SETTLE_MS = 200
/** How often what has settled goes to the disk: what is older than both together survives a kill. */
const FLUSH_TICKS = 500 / TICK_MS

type Setting = {
  path: string
  bufferBytes: number
  /** Seals the file; undefined leaves a WAV that everybody can play. */
  masterKey: Buffer | undefined
  owner: string
  onProblem(problem: EventData<'recording.failed'>): void
}

/** A stereo recording of what two legs send in, customer left, agent right, on the wall clock. */
export class Recording implements Ticker {
  readonly id = randomUUID()
  readonly owner: string
  readonly path: string
  readonly #file: BackgroundFile
  readonly #startAt = performance.now()
  readonly #sides: Record<SideName, RecordedSide>
  readonly #marks: Mark[] = []
  readonly #talk = new TalkMeter()
  /** So that many recordings don't go to the disk in the same tick. */
  readonly #phase = randomInt(0, FLUSH_TICKS)
  #state: 'recording' | 'paused' | 'stopped' = 'recording'
  #flushed = 0

  private constructor(setting: Setting, file: BackgroundFile) {
    this.owner = setting.owner
    this.path = setting.path
    this.#file = file
    this.#sides = { customer: new RecordedSide(this.#startAt), agent: new RecordedSide(this.#startAt) }
  }

  /** Makes the file and starts. Throws MediaError as `BackgroundFile.create`. */
  static async start(setting: Setting): Promise<Recording> {
    const format = setting.masterKey ? new SealedFormat(setting.masterKey) : new WavFormat()
    const file = await BackgroundFile.create(setting.path, format, setting.bufferBytes, (fatal, message) => {
      setting.onProblem({ recordingId: recording.id, fatal, message })
    })
    const recording = new Recording(setting, file)
    return recording
  }

  /** Listens to another leg on one side from now on; null is silence. */
  side(name: SideName, leg: Party | null): void {
    const side = this.#sides[name]
    if (!side.empty) this.#mark('side', leg ? name : `${name} left`)
    side.clear()
    if (leg) side.add(leg)
  }

  /** Listens to one more leg on a side. */
  add(name: SideName, leg: Party): void {
    if (this.#sides[name].has(leg)) return
    this.#mark('side', `${name} joined`)
    this.#sides[name].add(leg)
  }

  /** A leg ended, or is to be recorded no more: what it said until now stays. */
  forget(leg: Party): void {
    for (const [name, side] of Object.entries(this.#sides)) {
      if (!side.has(leg)) continue
      side.remove(leg)
      this.#mark('side', `${name} left`)
    }
  }

  /** Writes silence instead of what is said until `resume`. */
  pause(reason: string): void {
    if (this.#state !== 'recording') return
    this.#state = 'paused'
    const at = this.#mark('pause', reason)
    for (const side of Object.values(this.#sides)) side.pause(at)
  }

  resume(reason: string): void {
    if (this.#state !== 'paused') return
    this.#state = 'recording'
    const at = this.#mark('resume', reason)
    for (const side of Object.values(this.#sides)) side.resume(at)
  }

  tick(at: number, tick: number): void {
    if (tick % FLUSH_TICKS === this.#phase) this.#flush(at - SETTLE_MS)
  }

  /** Ends the recording; resolves when the file is complete. Throws MediaError `recording_unwritable` when it is gone. */
  async stop(): Promise<MethodResult<'recording.stop'>> {
    this.#state = 'stopped'
    for (const side of Object.values(this.#sides)) side.clear()
    this.#flush(performance.now())
    await this.#file.close()
    const facts = await fileFacts(this.path).catch((error: Error) => {
      throw new MediaError('recording_unwritable', `${this.path}: ${error.message}`, 'recordingId')
    })
    return {
      recordingId: this.id,
      path: this.path,
      durationMs: Math.round(this.#flushed / SAMPLES_PER_MS),
      lostMs: Math.round(this.#file.lost / (SAMPLES_PER_MS * FRAME_BYTES)),
      ...facts,
      marks: this.#marks,
      talk: this.#talk.times,
    }
  }

  #flush(until: number): void {
    const count = Math.floor((until - this.#startAt) * SAMPLES_PER_MS) - this.#flushed
    if (count <= 0) return
    const samples = new Int16Array(count * 2)
    this.#sides.customer.take(count, samples, 0)
    this.#sides.agent.take(count, samples, 1)
    this.#talk.add(samples)
    this.#file.append(Buffer.from(samples.buffer))
    this.#flushed += count
  }

  /** Notes a moment; returns it on the monotonic clock. */
  #mark(kind: Mark['kind'], note: string): number {
    const at = performance.now()
    this.#marks.push({ atMs: Math.round(at - this.#startAt), kind, note })
    return at
  }
}
