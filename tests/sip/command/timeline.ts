import { onBeat } from '../audio/beat.ts'
import type { CallAudio } from '../audio/call-audio.ts'
import { describeSegment, type Segment } from '../audio/segments.ts'

export type TimelineEntry = { atMs: number; kind: 'sip' | 'sent' | 'heard' | 'hearing'; text: string }

/** Shorter silences are pauses, not news. */
const longSilenceMs = 1000
/** A sound that lasts so long is told before it ends. */
const longSoundMs = 2000
/** A segment that lasted so long will not be joined to the one before. */
const settledMs = 500
const lookEveryBeats = 10

/** Tells what a call sends and hears, as it happens. Instants are ms of the call's audio. */
export class Timeline {
  readonly entries: TimelineEntry[] = []
  #audio: CallAudio
  #tell: (entry: TimelineEntry) => void
  #toldUntilMs = 0
  #hearing = ''
  #stop: () => void

  constructor(audio: CallAudio, tell: (entry: TimelineEntry) => void) {
    this.#audio = audio
    this.#tell = tell
    let beats = 0
    this.#stop = onBeat(() => {
      if (++beats % lookEveryBeats === 0) this.#listen()
    })
  }

  add(kind: TimelineEntry['kind'], text: string, atMs = this.#audio.recorder.elapsedMs): void {
    const entry = { atMs, kind, text }
    this.entries.push(entry)
    this.#tell(entry)
  }

  /** Tells what was still being heard. */
  close(): void {
    this.#stop()
    for (const segment of this.#newSegments()) this.#heard(segment)
  }

  /** A segment is told with its end, when the one after it has lasted too, so that it can not change any more. */
  #listen(): void {
    const segments = this.#newSegments()
    const last = segments.at(-1)
    if (!last) return
    if (last.toMs - last.fromMs >= settledMs) for (const segment of segments.slice(0, -1)) this.#heard(segment)
    const name = `${describeSegment(last)} ${last.fromMs}`
    const isNews = last.what !== 'silence' && last.toMs - last.fromMs >= longSoundMs && this.#hearing !== name
    if (!isNews) return
    this.#hearing = name
    this.add('hearing', `${describeSegment(last)} …`, last.fromMs)
  }

  #heard(segment: Segment): void {
    this.#toldUntilMs = segment.toMs
    const lengthMs = segment.toMs - segment.fromMs
    if (segment.what === 'silence' && lengthMs < longSilenceMs) return
    this.add('heard', `${describeSegment(segment)}, ${(lengthMs / 1000).toFixed(1)} s`, segment.toMs)
  }

  #newSegments(): Segment[] {
    if (this.#audio.received.packets === 0) return []
    return this.#audio.segments().filter((segment) => segment.toMs > this.#toldUntilMs)
  }
}

export function printEntry({ atMs, kind, text }: TimelineEntry): string {
  const seconds = (atMs / 1000).toFixed(1).padStart(7)
  const arrow = { sip: '·', sent: '→', heard: '←', hearing: '←' }[kind]
  const verb = { sip: '', sent: 'pressed ', heard: 'heard ', hearing: 'hearing ' }[kind]
  return `${seconds} s  ${arrow} ${verb}${text}`
}
