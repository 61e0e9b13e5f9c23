import { performance } from 'node:perf_hooks'
import { Audio, PeerConnection, type Track } from 'node-datachannel'
import type { CodecName } from '../codec/names.ts'
import { MediaError } from '../protocol/errors.ts'
import { isRtcp } from '../rtp/packet.ts'
import { Leg, type LegSetting } from './leg.ts'
import { completeAnswer } from './webrtc-answer.ts'
import { readWebrtcOffer, type WebrtcOffer } from './webrtc-offer.ts'

/** Gathering host candidates takes milliseconds; more means that ICE cannot work here. */
const GATHERING_TIMEOUT_MS = 5_000

export type WebrtcLegSetting = LegSetting & {
  iceAddress: string | undefined
  /** Where others reach us, when that is none of our own addresses. */
  publicAddress: string | undefined
  icePorts: { from: number; to: number } | undefined
  /** What we speak, most wanted first. */
  codecs: readonly CodecName[]
}

/** A leg of a browser: ICE, DTLS and SRTP are libdatachannel's, on threads of their own; we see plain RTP. */
export class WebrtcLeg extends Leg {
  readonly kind = 'webrtc'
  readonly #peer: PeerConnection
  readonly #track: Track

  private constructor(setting: WebrtcLegSetting, offer: WebrtcOffer) {
    super(setting, false)
    this.#peer = createPeer(this.id, setting)
    this.#track = this.#peer.addTrack(describeTrack(offer, this.output.stream.ssrc))
    this.#track.onMessage((data) => this.#receive(data))
    this.#track.onOpen(() => this.#opened(offer))
    this.#peer.onStateChange((state) => this.#changed(state))
  }

  /** Answers a browser's offer with all our candidates in it. Throws MediaError as `readWebrtcOffer`. */
  static async answer(offer: string, setting: WebrtcLegSetting): Promise<{ leg: WebrtcLeg; sdp: string }> {
    const wanted = readWebrtcOffer(offer, setting.codecs)
    const leg = new WebrtcLeg(setting, wanted)
    try {
      const sdp = await leg.#negotiate(offer, wanted, setting)
      return { leg, sdp }
    } catch (error) {
      leg.#peer.close()
      throw error
    }
  }

  /** Adds a candidate that came after the offer. An empty one says that there are no more. */
  addCandidate(candidate: string, mid: string): void {
    if (candidate === '') return
    try {
      this.#peer.addRemoteCandidate(candidate, mid)
    } catch (error) {
      throw new MediaError('invalid_params', `candidate: ${reason(error)}`, 'candidate')
    }
  }

  protected override sendRtp(packet: Buffer): void {
    if (!this.#track.isOpen()) return
    try {
      this.#track.sendMessageBinary(packet)
    } catch {
      // libdatachannel's own thread closed it since we asked: a packet to nobody is no fault
    }
  }

  protected override sendRtcp(packet: Buffer): void {
    this.sendRtp(packet)
  }

  protected override remoteAddress(): string | null {
    const remote = this.state === 'closed' ? null : this.#peer.getSelectedCandidatePair()?.remote
    return remote ? `${remote.address}:${remote.port}` : null
  }

  protected override release(): void {
    this.#peer.close()
  }

  /** A browser with a microphone sends without pause, silence too. */
  protected override expectsPackets(): boolean {
    return this.input.open && this.output.format !== undefined
  }

  #negotiate(offer: string, wanted: WebrtcOffer, setting: WebrtcLegSetting): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const timer = setTimeout(() => reject(new Error('ICE gathering did not end')), GATHERING_TIMEOUT_MS)
    this.#peer.onGatheringStateChange((state) => {
      if (state !== 'complete') return
      const local = this.#peer.localDescription()
      if (local) resolve(completeAnswer(local.sdp, wanted.telephoneEvent, setting.publicAddress))
      else reject(new Error('no local description'))
    })
    try {
      this.#peer.setRemoteDescription(offer, 'offer')
      this.#peer.setLocalDescription('answer')
    } catch (error) {
      reject(new MediaError('invalid_sdp', reason(error), 'offer'))
    }
    return promise.finally(() => clearTimeout(timer))
  }

  #opened(offer: WebrtcOffer): void {
    if (this.state === 'closed') return
    this.input.expect([offer], offer.telephoneEvent ? [offer.telephoneEvent] : [])
    this.setFormat(offer, offer.direction !== 'sendonly', offer.direction !== 'recvonly')
    this.heard()
  }

  #receive(data: Buffer): void {
    if (this.state === 'closed') return
    const at = performance.now()
    if (isRtcp(data)) {
      this.rtcp.receive(data, at)
      return
    }
    const packet = this.input.recognise(data)
    if (!packet) return
    this.input.accept(packet, at)
    this.heard()
  }

  #changed(state: string): void {
    if (state === 'failed') this.lose('ice_failed')
    if (state === 'disconnected' || state === 'closed') this.lose('dtls_closed')
  }
}

function createPeer(name: string, { iceAddress, icePorts }: WebrtcLegSetting): PeerConnection {
  return new PeerConnection(name, {
    iceServers: [],
    disableAutoNegotiation: true,
    forceMediaTransport: true,
    ...(iceAddress === undefined ? {} : { bindAddress: iceAddress }),
    ...(icePorts === undefined ? {} : { portRangeBegin: icePorts.from, portRangeEnd: icePorts.to }),
  })
}

function describeTrack(offer: WebrtcOffer, ssrc: number): Audio {
  const directions = { sendrecv: 'SendRecv', sendonly: 'SendOnly', recvonly: 'RecvOnly', inactive: 'Inactive' } as const
  const audio = new Audio(offer.mid, directions[offer.direction])
  if (offer.codec === 'opus') audio.addOpusCodec(offer.payloadType, 'minptime=10;useinbandfec=1')
  else audio.addAudioCodec(offer.payloadType, offer.codec)
  if (offer.telephoneEvent) audio.addAudioCodec(offer.telephoneEvent.payloadType, 'telephone-event', '0-15')
  audio.addSSRC(ssrc, 'ringdown', 'ringdown', 'audio')
  return audio
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
