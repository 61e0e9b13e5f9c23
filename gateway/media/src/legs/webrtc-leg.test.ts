import { describe, expect, it } from 'vitest'
import { BROWSER_EVENTS, BrowserPeer, withoutCandidates } from '../../test-kit/browser-peer.ts'
import { nextEvent, startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone } from '../../test-kit/rtp-phone.ts'
import { heardTone } from '../../test-kit/tones.ts'
import type { MediaClient } from '../client/index.ts'

const TONES = [300, 440, 700, 1_000, 1_400]

async function browserLeg(client: MediaClient, peer: BrowserPeer): Promise<string> {
  const connected = nextEvent(client, 'leg.connected')
  const { legId, sdp } = await client.call('leg.create', { kind: 'webrtc', offer: await peer.offer() })
  peer.accept(sdp)
  expect((await connected).legId).toBe(legId)
  return legId
}

describe('WebRTC leg', () => {
  it('[WL1] answers with G.711 and telephone-event, all candidates in the answer', async () => {
    await using media = await startMedia()
    await using peer = new BrowserPeer()
    const { sdp } = await media.client.call('leg.create', { kind: 'webrtc', offer: await peer.offer() })
    expect(sdp).toMatch(/^m=audio \d+ UDP\/TLS\/RTP\/SAVPF 8 126\r$/m)
    expect(sdp).toMatch(/^a=rtpmap:126 telephone-event\/8000\r$/m)
    expect(sdp).toMatch(/^a=candidate:.* 127\.0\.0\.1 \d+ typ host\r$/m)
    expect(sdp).not.toMatch(/opus/i)
  })

  it('[WL2] carries audio and keys between a browser and a phone of another codec', async () => {
    await using media = await startMedia()
    await using peer = new BrowserPeer()
    await using phone = await openPhone('PCMA')
    const browser = await browserLeg(media.client, peer)
    const rtp = await media.client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
    phone.connect(rtp.sdp)
    await media.client.call('bridge.create', { legs: [rtp.legId, browser] })
    phone.tone(440)
    peer.tone(1_000)
    await until(() => heardTone(peer.listen(), TONES) === 440 && heardTone(phone.listen(), TONES) === 1_000)

    const keys: string[] = []
    media.client.on('dtmf', ({ legId, digit }) => keys.push(`${legId === browser ? 'browser' : 'phone'} ${digit}`))
    phone.quiet()
    phone.key(5)
    peer.key(11)
    await until(() => keys.length === 2)
    expect(keys.toSorted()).toEqual(['browser #', 'phone 5'])
    await until(() => peer.heard.some((packet) => packet.payloadType === BROWSER_EVENTS))
    await until(() => phone.keys.some((packet) => packet.payload[0] === 11))
  })

  it('[WL1] adds the public address when it is none of our own', async () => {
    await using media = await startMedia({ publicAddress: '192.0.2.44' })
    await using peer = new BrowserPeer()
    const { sdp } = await media.client.call('leg.create', { kind: 'webrtc', offer: await peer.offer() })
    const ports = [...sdp.matchAll(/^a=candidate:\S+ 1 UDP \d+ (\S+) (\d+) typ host\r$/gm)].map(([, ...end]) => end)
    expect(ports.map(([address]) => address)).toEqual(['127.0.0.1', '192.0.2.44'])
    expect(ports[0]![1]).toBe(ports[1]![1])
    const connected = nextEvent(media.client, 'leg.connected')
    peer.accept(sdp)
    await connected
  })

  it('[WL1] takes candidates that come after the offer', async () => {
    await using media = await startMedia()
    await using peer = new BrowserPeer()
    const connected = nextEvent(media.client, 'leg.connected')
    const { legId, sdp } = await media.client.call('leg.create', { kind: 'webrtc', offer: await peer.offer() })
    peer.accept(withoutCandidates(sdp))
    for (const candidate of [...peer.candidates(), '']) {
      await media.client.call('leg.candidate', { legId, candidate, mid: '0' })
    }
    expect((await connected).legId).toBe(legId)
    await expect(
      media.client.call('leg.candidate', { legId, candidate: 'candidate:nonsense', mid: '0' }),
    ).rejects.toMatchObject({ code: 'invalid_params', field: 'candidate' })
  })

  it('[WL3] is lost when the browser goes away without a word, and can be closed', async () => {
    await using media = await startMedia({ webrtcTimeoutMs: 300 })
    const peer = new BrowserPeer()
    const legId = await browserLeg(media.client, peer)
    const lost = nextEvent(media.client, 'leg.lost')
    peer.close()
    expect(await lost).toEqual({ legId, reason: 'rtp_timeout' })
    const closed = nextEvent(media.client, 'leg.closed')
    await media.client.call('leg.close', { legId })
    expect(await closed).toEqual({ legId, reason: 'requested' })
  })

  it('[WL4] is lost when the browser falls silent, and connected again when it is back', async () => {
    await using media = await startMedia({ webrtcTimeoutMs: 300 })
    await using peer = new BrowserPeer()
    const legId = await browserLeg(media.client, peer)
    peer.tone(440)
    await until(async () => (await media.client.call('leg.stats', { legId })).packetsReceived > 5)
    const lost = nextEvent(media.client, 'leg.lost')
    peer.quiet()
    expect(await lost).toEqual({ legId, reason: 'rtp_timeout' })
    const back = nextEvent(media.client, 'leg.connected')
    peer.tone(440)
    expect(await back).toEqual({ legId })
  })

  it('refuses an offer without a codec of ours, and one that is no WebRTC', async () => {
    await using media = await startMedia()
    await using peer = new BrowserPeer()
    const offer = await peer.offer()
    const keysOnly = offer.replace(/^(m=audio \d+ \S+).*$/m, '$1 126')
    await expect(media.client.call('leg.create', { kind: 'webrtc', offer: keysOnly })).rejects.toMatchObject({
      code: 'no_common_codec',
      field: 'offer',
    })
    const bare = offer.replace(/^a=fingerprint.*\r\n/gm, '')
    await expect(media.client.call('leg.create', { kind: 'webrtc', offer: bare })).rejects.toMatchObject({
      code: 'invalid_sdp',
    })
  })
})
