import { normalisePeak } from './level.ts'
import { type Sound, telephoneRate } from './wav.ts'

const beatSeconds = 0.75
const beatsPerChord = 4
const peakDbfs = -9

/**
 * Sixteen bars of slow chords (MIDI notes, all within the telephone band) with a broken-chord melody above.
 * Four phrases: home, away, reflective, and a way back into the first chord, since the piece has no end.
 */
const bars = [
  { pad: [57, 60, 64, 67], melody: [76, 72, 79, 74] }, // Am7
  { pad: [53, 57, 60, 64], melody: [72, 69, 76, 72] }, // Fmaj7
  { pad: [55, 60, 64, 67], melody: [76, 79, 74, 72] }, // C/G
  { pad: [55, 59, 62, 69], melody: [74, 71, 69, 74] }, // Gadd9
  { pad: [57, 60, 64, 67], melody: [76, 79, 81, 76] },
  { pad: [53, 57, 60, 67], melody: [79, 76, 72, 69] }, // Fadd9
  { pad: [55, 60, 62, 64], melody: [76, 74, 72, 67] }, // Cadd9/G
  { pad: [55, 59, 62, 64], melody: [71, 74, 76, 71] }, // G6
  { pad: [53, 57, 60, 64], melody: [81, 76, 72, 76] },
  { pad: [55, 59, 62, 67], melody: [79, 74, 71, 74] },
  { pad: [52, 55, 59, 62], melody: [79, 76, 71, 74] }, // Em7
  { pad: [57, 60, 64, 67], melody: [76, 72, 69, 72] },
  { pad: [53, 57, 60, 64], melody: [72, 76, 79, 76] },
  { pad: [50, 57, 60, 65], melody: [77, 74, 72, 69] }, // Dm7
  { pad: [55, 60, 62, 67], melody: [74, 72, 67, 72] }, // Gsus4
  { pad: [55, 59, 62, 67], melody: [74, 71, 74, 71] }, // G
]

/**
 * Music on hold: 48 seconds that loop for ever. Every note and echo that runs over the end sounds on from the start,
 * so the seam can't be heard.
 */
export function composeMusic(): Sound {
  const length = Math.round(bars.length * beatsPerChord * beatSeconds * telephoneRate)
  const loop = new Float64Array(length)
  bars.forEach(({ pad, melody }, bar) => {
    const barSeconds = bar * beatsPerChord * beatSeconds
    for (const note of pad) playPad(loop, note, barSeconds)
    melody.forEach((note, beat) => {
      // the last note of each bar comes half a beat early: a breath, not a clockwork
      playPluck(loop, note, barSeconds + (beat === 3 ? 2.5 : beat) * beatSeconds)
    })
  })
  return normalisePeak({ rate: telephoneRate, samples: withEcho(loop) }, peakDbfs)
}

/** A slow, soft chord tone that swells over a beat and fades under the next chord. */
function playPad(loop: Float64Array, note: number, atSeconds: number): void {
  const [rise, hold] = [0.9, beatsPerChord * beatSeconds]
  const fall = 1.4
  addNote(loop, atSeconds, hold + fall, (t) => {
    const swell = t < rise ? easeIn(t / rise) : t > hold ? 1 - easeIn((t - hold) / fall) : 1
    const phase = 2 * Math.PI * frequency(note) * t
    const shimmer = 2 * Math.PI * frequency(note) * 1.003 * t
    return 0.07 * swell * (Math.sin(phase) + 0.7 * Math.sin(shimmer) + 0.25 * Math.sin(2 * phase))
  })
}

/** An electric-piano tone: a bright attack that mellows while it dies away. */
function playPluck(loop: Float64Array, note: number, atSeconds: number): void {
  addNote(loop, atSeconds, 3, (t) => {
    const attack = Math.min(1, t / 0.012)
    const release = Math.min(1, (3 - t) / 0.2)
    const phase = 2 * Math.PI * frequency(note) * t
    const bell = 0.9 * Math.exp(-t * 5) * Math.sin(2 * phase)
    return 0.2 * attack * release * Math.exp(-t * 1.6) * Math.sin(phase + bell)
  })
}

/** Adds a sound of `seconds` to the loop; what passes its end goes on at its start. */
function addNote(loop: Float64Array, atSeconds: number, seconds: number, wave: (t: number) => number): void {
  const start = Math.round(atSeconds * telephoneRate)
  for (let i = 0; i < seconds * telephoneRate; i++) {
    const at = (start + i) % loop.length
    loop[at] = (loop[at] as number) + wave(i / telephoneRate)
  }
}

/** Three echoes, a dotted beat apart, round the loop. */
function withEcho(loop: Float64Array): Float64Array {
  const delay = Math.round(1.5 * beatSeconds * telephoneRate)
  const heard = (at: number, echo: number) => loop[(at - echo * delay + 3 * loop.length) % loop.length] as number
  return loop.map((dry, at) => dry + 0.28 * heard(at, 1) + 0.12 * heard(at, 2) + 0.05 * heard(at, 3))
}

function frequency(note: number): number {
  return 440 * 2 ** ((note - 69) / 12)
}

function easeIn(x: number): number {
  return 0.5 - 0.5 * Math.cos(Math.PI * Math.max(0, Math.min(1, x)))
}
