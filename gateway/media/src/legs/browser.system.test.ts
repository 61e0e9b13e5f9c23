import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { nextEvent, startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone } from '../../test-kit/rtp-phone.ts'
import { heardTone, loudFrames } from '../../test-kit/tones.ts'

/** Serves an empty page: getUserMedia needs an origin. */
async function emptySite() {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

/** In the page: makes a peer with the microphone, returns its complete offer. */
const offerInPage = `(async () => {
  window.peer?.close()
  window.analyser = undefined
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const peer = new RTCPeerConnection()
  window.peer = peer
  peer.addTrack(stream.getAudioTracks()[0], stream)
  peer.ontrack = ({ track }) => {
    const context = new AudioContext()
    const source = context.createMediaStreamSource(new MediaStream([track]))
    const element = new Audio(); element.muted = true; element.srcObject = new MediaStream([track])
    window.analyser = context.createAnalyser()
    window.analyser.fftSize = 8192
    source.connect(window.analyser)
    context.resume()
  }
  await peer.setLocalDescription(await peer.createOffer())
  while (peer.iceGatheringState !== 'complete') await new Promise((r) => setTimeout(r, 10))
  return peer.localDescription.sdp
})()`

/** In the page: the loudest frequency heard. */
const peakInPage = `(() => {
  if (!window.analyser) return 0
  const bins = new Float32Array(window.analyser.frequencyBinCount)
  window.analyser.getFloatFrequencyData(bins)
  let best = 0
  for (let i = 1; i < bins.length; i++) if (bins[i] > bins[best]) best = i
  return bins[best] < -60 ? 0 : (best * window.analyser.context.sampleRate) / window.analyser.fftSize
})()`

describe('Chromium', () => {
  it('[WL5] talks with a phone in PCMA, Opus and G.722, sends keys, and is missed when the page is gone', async () => {
    await using media = await startMedia()
    await using phone = await openPhone('PCMA')
    const site = await emptySite()
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        '--allow-loopback-in-peer-connection',
        '--autoplay-policy=no-user-gesture-required',
        '--no-sandbox',
      ],
    })
    try {
      const page = await browser.newPage()
      await page.goto(site.url)
      const rtp = await media.client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
      phone.connect(rtp.sdp)
      phone.tone(1_000)
      const keys: { digit: string; durationMs: number }[] = []
      media.client.on('dtmf', (key) => keys.push(key))
      for (const codec of ['PCMA', 'opus', 'G722'] as const) {
        const connected = nextEvent(media.client, 'leg.connected', ({ legId }) => legId !== rtp.legId)
        const offer = (await page.evaluate(offerInPage)) as string
        const webrtc = await media.client.call('leg.create', { kind: 'webrtc', offer, codecs: [codec] })
        await page.evaluate((sdp) => {
          const { peer } = globalThis as unknown as { peer: { setRemoteDescription(d: object): Promise<void> } }
          return peer.setRemoteDescription({ type: 'answer', sdp })
        }, webrtc.sdp)
        expect((await connected).legId).toBe(webrtc.legId)
        const { bridgeId } = await media.client.call('bridge.create', { legs: [rtp.legId, webrtc.legId] })
        await until(async () => Math.abs(((await page.evaluate(peakInPage)) as number) - 1_000) < 20)
        expect((await media.client.call('leg.stats', { legId: webrtc.legId })).codec).toBe(codec)
        // Chromium's fake microphone beeps.
        const from = phone.audio.length
        await until(() => loudFrames(phone.listen(phone.audio.length - from)).length > 3)
        expect(heardTone(phone.listen(60), [1_000])).toBeUndefined()

        keys.length = 0
        await page.evaluate(`peer.getSenders()[0].dtmf.insertDTMF('159#', 100, 70)`)
        await until(() => keys.length === 4)
        expect(keys.map(({ digit }) => digit).join('')).toBe('159#')
        // In Opus's own clock too.
        for (const { durationMs } of keys) expect(Math.abs(durationMs - 100)).toBeLessThanOrEqual(40)
        if (codec === 'G722') break
        await media.client.call('bridge.close', { bridgeId })
        await media.client.call('leg.close', { legId: webrtc.legId })
      }

      const lost = nextEvent(media.client, 'leg.lost')
      const closedAt = performance.now()
      await page.close()
      const { reason } = await lost
      const noticedMs = performance.now() - closedAt
      console.log(`a closed page was noticed after ${Math.round(noticedMs)} ms: ${reason}`)
      expect(noticedMs).toBeLessThan(5_000)
    } finally {
      await browser.close()
      site.close()
    }
  })
})
