import { type Frame, frameMs } from './frames.ts'
import { silenceRms } from './tone-detector.ts'

export type Segment = { fromMs: number; toMs: number } & (
  | { what: 'silence' | 'speech' | 'music' | 'sound' }
  | { what: 'tone'; frequency: number }
)

type Run = { kind: 'silence' | 'tone' | 'sound'; frames: Frame[] }

const pureShare = 0.85
/** Speech pauses for breath, up to 400 ms between the sentences of our prompts: shorter silences belong to it. */
const breathMs = 500
/** Vowels and short notes look like tones; a tone that is meant lasts. */
const shortestToneMs = 300
const shortestSoundMs = 80

/** What was heard, as silence, steady tones, speech and music, told apart by energy and pitch only. */
export function segmentsOf(frames: readonly Frame[]): Segment[] {
  const runs = mergeSounds(runsOf(frames))
  return runs.map((run, i) => {
    const span = { fromMs: run.frames[0]!.atMs, toMs: run.frames.at(-1)!.atMs + frameMs }
    if (run.kind === 'silence') return { ...span, what: 'silence' }
    if (run.kind === 'tone') return { ...span, what: 'tone', frequency: medianFrequency(run.frames) }
    return { ...span, what: kindOfSound(run.frames, i === runs.length - 1) }
  })
}

/** Tones and silences only, frame by frame: no smoothing beyond one odd frame. For tests of beeps and cadences. */
export function tonesOf(frames: readonly Frame[]): Segment[] {
  const runs = join(runsOf(frames).filter((run) => lengthOf(run) > frameMs))
  return runs.map((run) => {
    const span = { fromMs: run.frames[0]!.atMs, toMs: run.frames.at(-1)!.atMs + frameMs }
    return run.kind === 'tone'
      ? { ...span, what: 'tone', frequency: medianFrequency(run.frames) }
      : { ...span, what: run.kind }
  })
}

export function describeSegment(segment: Segment): string {
  return segment.what === 'tone' ? `tone of ${Math.round(segment.frequency)} Hz` : segment.what
}

function runsOf(frames: readonly Frame[]): Run[] {
  return join(frames.map((frame) => ({ kind: kindOf(frame), frames: [frame] })))
}

function kindOf(frame: Frame): Run['kind'] {
  if (frame.rms < silenceRms) return 'silence'
  return frame.share >= pureShare ? 'tone' : 'sound'
}

function join(runs: readonly Run[]): Run[] {
  const joined: Run[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    const same = last?.kind === run.kind && (run.kind !== 'tone' || samePitch(last.frames.at(-1)!, run.frames[0]!))
    if (last && same) last.frames.push(...run.frames)
    else joined.push({ kind: run.kind, frames: [...run.frames] })
  }
  return joined
}

function mergeSounds(runs: readonly Run[]): Run[] {
  const melody = (i: number) =>
    runs[i]?.kind === 'tone' && (runs[i - 1]?.kind === 'tone' || runs[i + 1]?.kind === 'tone')
  const withoutVowels = runs.map((run, i): Run => {
    const short = run.kind === 'tone' && (lengthOf(run) < shortestToneMs || melody(i))
    return short ? { ...run, kind: 'sound' } : run
  })
  const joined = join(withoutVowels)
  const breathing = joined.map((run, i): Run => {
    const between = joined[i - 1]?.kind === 'sound' && joined[i + 1]?.kind === 'sound'
    return run.kind === 'silence' && between && lengthOf(run) < breathMs ? { ...run, kind: 'sound' } : run
  })
  const clicks = join(breathing).map((run, i, all): Run => {
    const alone = run.kind === 'sound' && lengthOf(run) < shortestSoundMs && i < all.length - 1
    return alone ? { ...run, kind: all[i - 1]?.kind ?? 'silence' } : run
  })
  return join(clicks)
}

/** Speech swings between loud and nearly silent several times a second and slides in pitch; music does neither. */
function kindOfSound(frames: readonly Frame[], unfinished: boolean): 'speech' | 'music' | 'sound' {
  if (unfinished && frames.length * frameMs < 1000) return 'sound'
  const mean = frames.reduce((sum, f) => sum + f.rms, 0) / frames.length
  const quiet = frames.filter((f) => f.rms < 0.35 * mean).length / frames.length
  const steady =
    frames.filter((f, i) => i > 0 && f.frequency > 0 && samePitch(f, frames[i - 1]!)).length / frames.length
  return steady > 0.55 || (steady > 0.35 && quiet < 0.1) ? 'music' : 'speech'
}

function samePitch(a: Frame, b: Frame): boolean {
  return Math.abs(a.frequency - b.frequency) <= 0.03 * Math.max(a.frequency, b.frequency)
}

function lengthOf(run: Run): number {
  return run.frames.length * frameMs
}

function medianFrequency(frames: readonly Frame[]): number {
  const sorted = frames.map((f) => f.frequency).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
