/** 5 ms: long enough not to click, too short to be heard. */
const FADE_SAMPLES = 40

/** Lets a frame begin in silence, in place. */
export function fadeIn(frame: Int16Array): void {
  for (let i = 0; i < FADE_SAMPLES; i++) frame[i] = Math.round(frame[i]! * (i / FADE_SAMPLES))
}

/** Lets a frame end in silence after 5 ms, in place. */
export function fadeOut(frame: Int16Array): void {
  for (let i = 0; i < FADE_SAMPLES; i++) frame[i] = Math.round(frame[i]! * (1 - i / FADE_SAMPLES))
  frame.fill(0, FADE_SAMPLES)
}
