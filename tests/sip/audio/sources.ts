/** Audio to send: 160 samples (20 ms at 8 kHz) at each call. */
export type AudioSource = { nextFrame(): Int16Array }

export const sampleRate = 8000
export const frameSamples = 160

export function silence(): AudioSource {
  const frame = new Int16Array(frameSamples)
  return { nextFrame: () => frame }
}

/** A sine, by default at −9 dBFS. */
export function tone(frequency: number, amplitude = 11_600): AudioSource {
  let n = 0
  return {
    nextFrame: () =>
      Int16Array.from(
        { length: frameSamples },
        () => amplitude * Math.sin((2 * Math.PI * frequency * n++) / sampleRate),
      ),
  }
}

/** Samples at 8 kHz, once and then silence, or over and over. */
export function samples(pcm: Int16Array, { loop = false } = {}): AudioSource {
  let at = 0
  return {
    nextFrame() {
      const frame = new Int16Array(frameSamples)
      for (let i = 0; i < frameSamples; i++) {
        if (loop && at >= pcm.length) at = 0
        frame[i] = pcm[at++] ?? 0
      }
      return frame
    },
  }
}

/** Two soft notes every three seconds: tells an agent that the line is alive without driving him mad. */
export function chime(): AudioSource {
  const note = (frequency: number, i: number) =>
    6000 * Math.exp(-i / 1200) * Math.sin((2 * Math.PI * frequency * i) / sampleRate)
  const pcm = Int16Array.from({ length: 3 * sampleRate }, (_, i) => note(660, i) + (i > 2000 ? note(880, i - 2000) : 0))
  return samples(pcm, { loop: true })
}
