let context: AudioContext | undefined
let source: MediaStreamAudioSourceNode | undefined
let analyser: AnalyserNode | undefined
let samples = new Float32Array(0)

/** Measures this stream from now on; null stops. */
export function measure(stream: MediaStream | null): void {
  source?.disconnect()
  source = undefined
  if (!stream) return
  context ??= new AudioContext()
  void context.resume()
  analyser ??= new AnalyserNode(context, { fftSize: 1024 })
  samples = new Float32Array(analyser.fftSize)
  source = context.createMediaStreamSource(stream)
  source.connect(analyser)
}

/** Loudness of the microphone now, 0–1 on a scale of decibels that suits the eye (−60 dB … −6 dB). */
export function readLevel(): number {
  if (!source || !analyser) return 0
  analyser.getFloatTimeDomainData(samples)
  let power = 0
  for (const sample of samples) power += sample * sample
  const decibels = 10 * Math.log10(power / samples.length + 1e-9)
  return Math.max(0, Math.min(1, (decibels + 60) / 54))
}
