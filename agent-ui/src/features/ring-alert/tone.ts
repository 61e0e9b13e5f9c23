/** What the ring needs to know of the chosen devices. */
export type RingOutput = { deviceId: string; volume: number }

let context: AudioContext | undefined

/** Plays beeps of `[frequency Hz, start s, length s]` on a device; returns how to stop them. */
export function playBeeps(beeps: readonly (readonly [number, number, number])[], output: RingOutput): () => void {
  context ??= new AudioContext()
  void context.resume()
  const chooser = context as AudioContext & { setSinkId?(id: string): Promise<void> }
  void chooser.setSinkId?.(output.deviceId).catch(() => {})
  const gain = new GainNode(context, { gain: 0 })
  gain.connect(context.destination)
  const now = context.currentTime
  const oscillators = beeps.map(([frequency, start, length]) => {
    const oscillator = new OscillatorNode(context as AudioContext, { frequency, type: 'sine' })
    oscillator.connect(gain)
    gain.gain.setTargetAtTime(output.volume * 0.4, now + start, 0.012)
    gain.gain.setTargetAtTime(0, now + start + length - 0.08, 0.03)
    oscillator.start(now + start)
    oscillator.stop(now + start + length + 0.1)
    return oscillator
  })
  return () => {
    for (const oscillator of oscillators) oscillator.stop()
    gain.disconnect()
  }
}
