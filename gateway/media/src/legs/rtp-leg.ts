import { randomInt } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { CodecName } from '../codec/names.ts'
import { codecs } from '../codec/register.ts'
import { MediaError } from '../protocol/errors.ts'
import { SourceLatch } from '../rtp/latch.ts'
import { isRtcp } from '../rtp/packet.ts'
import type { UdpPair } from '../rtp/udp-pair.ts'
import type { EventFormat } from '../sdp/audio-formats.ts'
import { newKey, type SuiteName } from '../sdp/crypto-lines.ts'
import type { Direction } from '../sdp/description.ts'
import { type AgreedAudio, answerOffer, isEncrypted, offerLines, readAnswer } from '../sdp/negotiate.ts'
import { parseSdp } from '../sdp/parse.ts'
import { type AnswerLine, type LocalAudio, writeSdp } from '../sdp/write.ts'
import { SrtpReceiver } from '../srtp/srtp-receiver.ts'
import { SrtpSender } from '../srtp/srtp-sender.ts'
import { Leg, type LegSetting } from './leg.ts'

/** The payload type of telephone-event in our offers: what nearly everybody uses. */
const OFFERED_TELEPHONE_EVENT = 101
/** The same in Opus's clock. */
const OFFERED_WIDE_TELEPHONE_EVENT = 110
const OFFERED_SUITES: SuiteName[] = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32']

export type RtpLegSetting = LegSetting & {
  sockets: UdpPair
  publicAddress: string
  latchSilenceMs: number
  /** What we speak, most wanted first. */
  codecs: readonly CodecName[]
  hold: boolean
  /** Our offers are encrypted; what the other side offers is answered as it comes. */
  srtp: boolean
}

/** A leg over RTP, plain or encrypted with keys from the session description, described by SIP's offers and answers. */
export class RtpLeg extends Leg {
  readonly kind = 'rtp'
  readonly #sockets: UdpPair
  readonly #latch: SourceLatch
  readonly #setting: RtpLegSetting
  readonly #sessionId = String(randomInt(1, 2 ** 47))
  #version = 0
  #sdp = ''
  #lines: AnswerLine[] = []
  #hold: boolean
  #agreed: AgreedAudio | undefined
  #offering = false
  #timing: string | undefined
  #srtp: { sender: SrtpSender; receiver: SrtpReceiver } | undefined

  constructor(setting: RtpLegSetting) {
    super(setting, true)
    this.#setting = setting
    this.#sockets = setting.sockets
    this.#hold = setting.hold
    this.#latch = new SourceLatch(setting.latchSilenceMs)
    this.#sockets.listen(
      (data, address, port) => this.#receive(data, address, port),
      (data, address) => this.#receiveRtcp(data, address),
    )
  }

  /** Answers an offer of the other side, the first or a later one. Throws MediaError as `answerOffer` and `parseSdp`. */
  answer(offer: string, hold: boolean | undefined): string {
    const session = parseSdp(offer, 'offer')
    const side = {
      port: this.#sockets.port,
      hold: hold ?? this.#hold,
      codecs: this.#setting.codecs,
      before: this.#lines,
      key: this.#srtp?.sender.key,
    }
    const answered = answerOffer(session, side, 'offer')
    this.#hold = side.hold
    this.#offering = false
    this.#timing = session.timing
    this.#apply(answered.agreed)
    return this.#describe(answered.lines)
  }

  /** Our offer: a first one, or what we have with another hold. Completed by `accept`. */
  offer(hold: boolean | undefined): string {
    this.#hold = hold ?? this.#hold
    this.#offering = true
    return this.#describe(offerLines(this.#lines, this.#ownAudio()))
  }

  /** Takes the answer to our offer; a forked call may bring several, the last one counts. */
  accept(answer: string): void {
    if (!this.#offering) throw new MediaError('no_pending_offer', 'no offer of ours waits for an answer', 'answer')
    this.#apply(readAnswer(parseSdp(answer, 'answer'), this.#lines, this.#hold, 'answer'))
  }

  protected override sendRtp(packet: Buffer): void {
    const to = this.#latch.target ?? this.#agreed?.remote
    if (to) this.#sockets.sendRtp(this.#srtp?.sender.rtp(packet) ?? packet, to.address, to.port)
  }

  protected override sendRtcp(packet: Buffer): void {
    const agreed = this.#agreed
    if (!agreed) return
    const to = this.#latch.target ?? agreed.remote
    const data = this.#srtp?.sender.rtcp(packet) ?? packet
    if (agreed.rtcpMux) this.#sockets.sendRtp(data, to.address, to.port)
    else this.#sockets.sendRtcp(data, to.address, agreed.remote.rtcpPort)
  }

  protected override remoteAddress(): string | null {
    const to = this.#latch.target ?? this.#agreed?.remote
    return to ? `${to.address}:${to.port}` : null
  }

  protected override release(): void {
    this.#sockets.close()
  }

  protected override expectsPackets(): boolean {
    return this.#agreed !== undefined && this.input.open
  }

  #apply(agreed: AgreedAudio | undefined): void {
    const before = this.#agreed?.remote
    const moved = before && (before.address !== agreed?.remote.address || before.port !== agreed.remote.port)
    if (moved) this.#latch.move()
    if (agreed) this.#latch.announce(agreed.remote.address, agreed.remote.port)
    this.#agreed = agreed
    const direction = agreed?.direction ?? 'inactive'
    if (agreed) this.input.expect(agreed.incoming, agreed.incomingEvents)
    this.#srtp = agreed?.srtp && this.#keyed(agreed.srtp)
    this.setFormat(
      agreed,
      direction === 'sendrecv' || direction === 'recvonly',
      direction === 'sendrecv' || direction === 'sendonly',
    )
  }

  /** What stays as it was keeps its counters. */
  #keyed({ ours, theirs }: NonNullable<AgreedAudio['srtp']>) {
    const before = this.#srtp
    return {
      sender: before?.sender.key.master.equals(ours.master) ? before.sender : new SrtpSender(ours),
      receiver: before?.receiver.key.master.equals(theirs.master) ? before.receiver : new SrtpReceiver(theirs),
    }
  }

  /** Our stream as we offer it: what was agreed on first, and under the numbers it has (RFC 3264 8.3.2). */
  #ownAudio(): LocalAudio {
    const agreed = this.#agreed
    const wanted = new Set([...(agreed ? [agreed.codec] : []), ...this.#setting.codecs])
    const known = (codec: CodecName) => agreed?.incoming.find((format) => format.codec === codec)?.payloadType
    const direction: Direction = this.#hold ? 'sendonly' : 'sendrecv'
    return {
      port: this.#sockets.port,
      protocol: this.#protocol(),
      formats: [...wanted].map((codec) => ({ codec, payloadType: known(codec) ?? codecs[codec].payloadType })),
      telephoneEvents: agreed?.incomingEvents.length ? agreed.incomingEvents : offeredEvents(wanted),
      comfortNoise: false,
      direction,
      rtcpMux: agreed?.rtcpMux ?? true,
      crypto: isEncrypted(this.#protocol()) ? this.#offeredKeys() : [],
    }
  }

  #protocol(): string {
    const own = this.#lines.find((line) => 'local' in line)
    return own?.local.protocol ?? (this.#setting.srtp ? 'RTP/SAVP' : 'RTP/AVP')
  }

  /** The key in use keeps its tag; a first offer has one key for each suite. */
  #offeredKeys(): LocalAudio['crypto'] {
    const own = this.#lines.find((line) => 'local' in line)
    if (own && own.local.crypto.length > 0) return own.local.crypto
    return OFFERED_SUITES.map((suite, i) => ({ ...newKey(suite), tag: String(i + 1) }))
  }

  /** RFC 3264 8: the version counts up when the description changes. */
  #describe(lines: AnswerLine[]): string {
    this.#lines = lines
    const write = () => {
      const origin = { sessionId: this.#sessionId, version: this.#version, address: this.#setting.publicAddress }
      return writeSdp(origin, lines, this.#timing)
    }
    if (write() !== this.#sdp) {
      this.#version++
      this.#sdp = write()
    }
    return this.#sdp
  }

  #receive(data: Buffer, address: string, port: number): void {
    if (this.#agreed?.rtcpMux && isRtcp(data)) {
      this.#receiveRtcp(data, address)
      return
    }
    const plain = this.#srtp ? this.#srtp.receiver.rtp(data) : data
    const packet = plain && this.input.recognise(plain)
    if (!packet) {
      if (!plain) this.packetsRefused++
      return
    }
    const at = performance.now()
    if (!this.#latch.accept(address, port, at)) {
      this.packetsRefused++
      return
    }
    this.input.accept(packet, at)
    this.heard()
  }

  #receiveRtcp(data: Buffer, address: string): void {
    const expected = this.#latch.target?.address ?? this.#agreed?.remote.address
    const plain = this.#srtp ? this.#srtp.receiver.rtcp(data) : data
    if (plain && address === expected) this.rtcp.receive(plain, performance.now())
  }
}

/** Keys in the clocks of the codecs offered (RFC 4733 2.1). */
function offeredEvents(wanted: ReadonlySet<CodecName>): EventFormat[] {
  const wide = [...wanted].some((codec) => codecs[codec].clockRate !== 8_000)
  const telephone = { payloadType: OFFERED_TELEPHONE_EVENT, clockRate: 8_000 }
  return wide ? [telephone, { payloadType: OFFERED_WIDE_TELEPHONE_EVENT, clockRate: 48_000 }] : [telephone]
}
