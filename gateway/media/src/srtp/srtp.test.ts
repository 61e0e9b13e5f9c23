import { createCipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { HandmadeSrtp } from '../../test-kit/handmade-srtp.ts'
import { nextEvent, startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone } from '../../test-kit/rtp-phone.ts'
import { heardTone } from '../../test-kit/tones.ts'
import { writeRtp } from '../rtp/packet.ts'
import { cryptoLines, newKey, type SrtpKey, type SuiteName } from '../sdp/crypto-lines.ts'
import { parseSdp } from '../sdp/parse.ts'
import { applyCipher, deriveKeys } from './session-keys.ts'
import { SrtpReceiver } from './srtp-receiver.ts'
import { SrtpSender } from './srtp-sender.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const TONES = [300, 440, 700, 1_000]

describe('SRTP', () => {
  it('[SR1] derives the keys of RFC 3711 B.3', () => {
    const key: SrtpKey = {
      suite: 'AES_CM_128_HMAC_SHA1_80',
      master: hex('E1F97A0D3E018BE0D64FA32C06DE4139'),
      salt: hex('0EC675AD498AFEEBB6960B3AABE6'),
    }
    expect(deriveKeys(key, 'rtp')).toMatchObject({
      cipher: hex('C61E7A93744F39EE10734AFE3FF7A087'),
      salt: hex('30CBBC08863D8C85D49DB34A9AE1'),
      auth: hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'),
    })
  })

  it('[SR1] makes the key stream of RFC 3711 B.2', () => {
    const keys = {
      cipher: hex('2B7E151628AED2A6ABF7158809CF4F3C'),
      salt: hex('F0F1F2F3F4F5F6F7F8F9FAFBFCFD'),
      auth: Buffer.alloc(20),
      tagBytes: 10,
    }
    expect(applyCipher(keys, 0, 0, Buffer.alloc(48))).toEqual(
      hex('E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0'),
    )
    // The index reaches all 48 bits: roll-over counter and sequence where RFC 3711 4.1.1 puts them.
    const start = hex('F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000')
    start.writeUInt32BE((start.readUInt32BE(4) ^ 0xcafe_babe) >>> 0, 4)
    start.writeUInt32BE((start.readUInt32BE(8) ^ 0x0001_0203) >>> 0, 8)
    start.writeUInt16BE(start.readUInt16BE(12) ^ 0x0405, 12)
    const expected = createCipheriv('aes-128-ctr', keys.cipher, start).update(Buffer.alloc(20))
    expect(applyCipher(keys, 0xcafe_babe, 0x0001_0203 * 0x1_0000 + 0x0405, Buffer.alloc(20))).toEqual(expected)
  })

  it.each(['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const)(
    '[SR2] %s goes both ways with a hand-made peer over the roll-over, in disorder',
    (suite) => {
      const key = newKey(suite)
      const [sender, receiver, peer] = [new SrtpSender(key), new SrtpReceiver(key), new HandmadeSrtp(key)]
      const order = [65_533, 65_535, 65_534, 0, 2, 1, 65_532, 3]
      for (const sequence of order) {
        const payload = Buffer.from(`payload ${sequence}`)
        const plain = writeRtp({ payloadType: 8, marker: false, sequence, timestamp: sequence, ssrc: 77, payload })
        const rollovers = sequence < 100 ? 1 : 0
        const sealed = sender.rtp(plain)
        expect(sealed).toEqual(peer.seal(plain, rollovers))
        expect(receiver.rtp(sealed)).toEqual(plain)
        expect(receiver.rtp(sealed)).toBeUndefined()
      }
      const report = Buffer.from('80c900010000004d', 'hex')
      const sealed = sender.rtcp(Buffer.concat([report, Buffer.from('more')]))
      expect(receiver.rtcp(sealed)!.toString('latin1')).toContain('more')
      expect(receiver.rtcp(sealed)).toBeUndefined()
    },
  )

  it('[SR3] takes nothing that was touched, and nothing short', () => {
    const key = newKey('AES_CM_128_HMAC_SHA1_80')
    const sealed = new SrtpSender(key).rtp(
      writeRtp({ payloadType: 8, marker: false, sequence: 1, timestamp: 1, ssrc: 7, payload: Buffer.alloc(20) }),
    )
    for (let i = 0; i < sealed.length; i++) {
      const touched = Buffer.from(sealed)
      touched[i]! ^= 1
      expect(new SrtpReceiver(key).rtp(touched)).toBeUndefined()
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(new SrtpReceiver(key).rtp(sealed.subarray(0, length))).toBeUndefined()
      expect(new SrtpReceiver(key).rtcp(sealed.subarray(0, length))).toBeUndefined()
    }
  })

  it.each(['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const)(
    '[SR4] a leg with %s is bridged to a plain one, and hears nobody without the key',
    async (suite: SuiteName) => {
      await using media = await startMedia({ threads: 0 })
      await using secret = await openPhone()
      await using plain = await openPhone('PCMU')
      const theirs = newKey(suite)
      const offer = secret.sdp({ secret: theirs })
      const { legId, sdp } = await media.client.call('leg.create', { kind: 'rtp', offer })
      expect(sdp).toMatch(/^m=audio \d+ RTP\/SAVP 8 101\r$/m)
      const [ours] = cryptoLines(parseSdp(sdp, 'answer').media[0]!)
      expect(ours).toMatchObject({ tag: '3', suite })
      secret.connect(sdp)
      const other = await media.client.call('leg.create', { kind: 'rtp', offer: plain.sdp() })
      plain.connect(other.sdp)
      await media.client.call('bridge.create', { legs: [legId, other.legId] })
      // Without the key: refused, and not taken for the leg's source.
      secret.tone(300)
      plain.tone(1_000)
      const refused = async () => (await media.client.call('leg.stats', { legId })).packetsRefused
      await until(async () => (await refused()) > 5)
      secret.srtp = { out: new HandmadeSrtp(theirs), in: new HandmadeSrtp(ours!) }
      secret.tone(440)
      await until(() => heardTone(plain.listen(), TONES) === 440 && heardTone(secret.listen(), TONES) === 1_000)
      const before = await refused()
      const key = nextEvent(media.client, 'dtmf')
      secret.key(5)
      expect((await key).digit).toBe('5')
      expect(await refused()).toBe(before)
    },
  )

  it('[SR5] offers both suites, and takes the one that is answered', async () => {
    await using media = await startMedia({ threads: 0 })
    await using phone = await openPhone()
    const { legId, sdp } = await media.client.call('leg.create', { kind: 'rtp', srtp: true })
    const lines = cryptoLines(parseSdp(sdp, 'offer').media[0]!)
    expect(lines.map(({ tag, suite }) => [tag, suite])).toEqual([
      ['1', 'AES_CM_128_HMAC_SHA1_80'],
      ['2', 'AES_CM_128_HMAC_SHA1_32'],
    ])
    const theirs = newKey('AES_CM_128_HMAC_SHA1_32')
    const answer = phone.sdp({ secret: theirs, tag: '2' })
    await expect(
      media.client.call('leg.accept', { legId, answer: phone.sdp({ secret: theirs, tag: '1' }) }),
    ).rejects.toMatchObject({ code: 'invalid_sdp' })
    await media.client.call('leg.accept', { legId, answer })
    phone.srtp = { out: new HandmadeSrtp(theirs), in: new HandmadeSrtp(lines[1]!) }
    phone.connect(sdp)
    await until(() => phone.heard.length > 5)
    expect(phone.listen(5).every((sample) => Math.abs(sample) <= 8)).toBe(true)
    // A re-INVITE keeps the key, so nothing is lost of the stream.
    const again = await media.client.call('leg.modify', { legId, offer: phone.sdp({ secret: theirs, version: 2 }) })
    expect(cryptoLines(parseSdp(again.sdp, 'answer').media[0]!)[0]!.master).toEqual(lines[1]!.master)
  })
})
