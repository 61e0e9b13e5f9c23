import { playBeeps, type RingOutput } from './tone.ts'

const PERIOD_MS = 3000
const RING = [
  [523, 0, 0.22],
  [659, 0.24, 0.22],
  [523, 0.6, 0.22],
  [659, 0.84, 0.3],
] as const

/** Rings until the returned function is called; the output is asked anew at each ring. */
export function ring(output: () => RingOutput): () => void {
  let stopBeeps = playBeeps(RING, output())
  const timer = setInterval(() => {
    stopBeeps = playBeeps(RING, output())
  }, PERIOD_MS)
  return () => {
    clearInterval(timer)
    stopBeeps()
  }
}

export const ringOnce = (output: RingOutput): (() => void) => playBeeps(RING, output)
export const toneOnce = (output: RingOutput): (() => void) => playBeeps([[440, 0, 0.8]], output)
