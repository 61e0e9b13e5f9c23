// Runs in the page before its own scripts, for PageEars: keeps the last track that WebRTC brought, and listens to it.

let heardTrack

window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(configuration) {
    super(configuration)
    this.addEventListener('track', ({ track }) => {
      heardTrack = track
    })
  }
}

// A steady tone is what noise suppression is there to remove.
localStorage.setItem('ringdown.headset', '{"voiceProcessing":false}')

/** Resolves with null once the wish is heard, else with what was heard last. */
window.listenToCaller = async ({ frequency, forMs, withinMs }) => {
  const context = new AudioContext()
  await context.resume()
  const analyser = new AnalyserNode(context, { fftSize: 2048 })
  const samples = new Float32Array(analyser.fftSize)
  const deadline = performance.now() + withinMs
  let track
  let source
  let since = null
  let last = 'no track'
  try {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 40))
      const now = performance.now()
      if (heardTrack !== track) {
        source?.disconnect()
        track = heardTrack
        source = new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) })
        source.connect(analyser)
        since = null
      } else if (track) {
        analyser.getFloatTimeDomainData(samples)
        const { loudness, share } = measure(samples, frequency ?? 0, context.sampleRate)
        last = `loudness ${loudness.toFixed(4)}, share of the tone ${share.toFixed(2)}`
        const silent = loudness < 0.003
        const matches = frequency === null ? silent : !silent && share >= 0.6
        since = matches ? (since ?? now) : null
        if (since !== null && now - since >= forMs) return null
      }
      if (now > deadline) return last
    }
  } finally {
    await context.close()
  }
}

/** Goertzel: how much of the power lies at the frequency, 0 to about 1. */
function measure(samples, hertz, sampleRate) {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / sampleRate)
  let previous = 0
  let beforeThat = 0
  let energy = 0
  for (const sample of samples) {
    const current = sample + coefficient * previous - beforeThat
    beforeThat = previous
    previous = current
    energy += sample * sample
  }
  const power = previous * previous + beforeThat * beforeThat - coefficient * previous * beforeThat
  const share = energy === 0 ? 0 : (2 * power) / (samples.length * energy)
  return { loudness: Math.sqrt(energy / samples.length), share }
}
