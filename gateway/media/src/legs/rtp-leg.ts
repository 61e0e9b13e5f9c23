import { randomInt } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { codecs } from '../codec/g711.ts'
import type { CodecName } from '../codec/names.ts'
import { MediaError } from '../protocol/errors.ts'
import { SourceLatch } from '../rtp/latch.ts'
import { isRtcp } from '../rtp/packet.ts'
import type { UdpPair } from '../rtp/udp-pair.ts'
import type { Direction } from '../sdp/description.ts'
import { type AgreedAudio, answerOffer, offerLines, readAnswer } from '../sdp/negotiate.ts'
import { parseSdp } from '../sdp/parse.ts'
import { type AnswerLine, writeSdp } from '../sdp/write.ts'
import { Leg, type LegSetting } from './leg.ts'

/** The payload type of telephone-event in our offers: what nearly everybody uses. */
const OFFERED_TELEPHONE_EVENT = 101

export type RtpLegSetting = LegSetting & {
  sockets: UdpPair
  publicAddress: string
  latchSilenceMs: number
  /** The codecs of our offers, most wanted first. */
  codecs: CodecName[]
  hold: boolean
}

/** A leg over plain RTP, described by SIP's offers and answers. */
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
    const answered = answerOffer(parseSdp(offer, 'offer'), this.#sockets.port, hold ?? this.#hold, 'offer')
    this.#hold = hold ?? this.#hold
    this.#offering = false
    this.#apply(answered.agreed)
    return this.#describe(answered.lines)
  }

  /** Our offer: a first one, or what we have with another hold. Completed by `accept`. */
  offer(hold: boolean | undefined): string {
    this.#hold = hold ?? this.#hold
    this.#offering = true
    const direction: Direction = this.#hold ? 'sendonly' : 'sendrecv'
    const wanted = new Set([...(this.#agreed ? [this.#agreed.codec] : []), ...this.#setting.codecs])
    const formats = [...wanted].map((codec) => ({ codec, payloadType: codecs[codec].payloadType }))
    return this.#describe(
      offerLines(this.#lines, {
        port: this.#sockets.port,
        formats,
        telephoneEvent: this.#agreed?.incomingTelephoneEvent ?? OFFERED_TELEPHONE_EVENT,
        direction,
        rtcpMux: false,
      }),
    )
  }

  /** Takes the answer to our offer; a forked call may bring several, the last one counts. */
  accept(answer: string): void {
    if (!this.#offering) throw new MediaError('no_pending_offer', 'no offer of ours waits for an answer', 'answer')
    this.#apply(readAnswer(parseSdp(answer, 'answer'), this.#lines, this.#hold, 'answer'))
  }

  protected override sendRtp(packet: Buffer): void {
    const to = this.#latch.target ?? this.#agreed?.remote
    if (to) this.#sockets.sendRtp(packet, to.address, to.port)
  }

  protected override sendRtcp(packet: Buffer): void {
    const agreed = this.#agreed
    if (!agreed) return
    const address = this.#latch.target?.address ?? agreed.remote.address
    if (agreed.rtcpMux) this.sendRtp(packet)
    else this.#sockets.sendRtcp(packet, address, agreed.remote.rtcpPort)
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
    this.#agreed = agreed
    const direction = agreed?.direction ?? 'inactive'
    if (agreed) this.input.expect(agreed.incoming, agreed.incomingTelephoneEvent)
    this.setFormat(
      agreed,
      direction === 'sendrecv' || direction === 'recvonly',
      direction === 'sendrecv' || direction === 'sendonly',
    )
  }

  /** RFC 3264 8: the version counts up when the description changes. */
  #describe(lines: AnswerLine[]): string {
    this.#lines = lines
    const write = () =>
      writeSdp({ sessionId: this.#sessionId, version: this.#version, address: this.#setting.publicAddress }, lines)
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
    const packet = this.input.recognise(data)
    if (!packet) return
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
    if (address === expected) this.rtcp.receive(data, performance.now())
  }
}
