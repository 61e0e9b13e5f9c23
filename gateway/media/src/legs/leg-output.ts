import { codecs, encode, FRAME_SAMPLES, type G711, transcode } from '../codec/g711.ts'
import type { CodecName } from '../codec/names.ts'
import type { EventData } from '../protocol/events.ts'
import { DtmfSender } from '../rtp/dtmf-sender.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { StreamOut } from '../rtp/stream-out.ts'
import { fadeIn, fadeOut } from '../sources/fade.ts'
import type { Source } from '../sources/source.ts'
import type { LevelMeter } from './level-meter.ts'

/** A relayed stream silent for so long is filled up with silence of our own. */
const FILL_AFTER_MS = 100

export type PlayEnd = EventData<'play.ended'>['reason']
/** What a leg plays now. */
export type Playing = { source: Source; interruptible: boolean; ended(reason: PlayEnd): void }
/** How the other side wants its audio. */
export type OutgoingFormat = { codec: CodecName; payloadType: number; telephoneEvent: number | undefined }

const silence = new Map<G711, Buffer>(
  Object.values(codecs).map((codec) => [codec, Buffer.alloc(FRAME_SAMPLES, codec.silence)]),
)

/**
 * What goes out on a leg, one of these at a time: keys, else what is played, else what is relayed from a bridge, else
 * silence.
 */
export class LegOutput {
  readonly stream: StreamOut
  /** Measures what goes out, for legs that report levels. */
  meter: LevelMeter | undefined
  /** False while the stream is on hold in this direction; what is played runs on unheard. */
  open = true
  /** Set while the leg is in a bridge: silence is ours to fill only when the relay stops. */
  bridged = false
  readonly #keys = new DtmfSender()
  readonly #fillsSilence: boolean
  readonly #frame = new Int16Array(FRAME_SAMPLES)
  #format: (OutgoingFormat & { g711: G711 }) | undefined
  #playing: Playing | undefined
  #started = false
  #tail: Int16Array | undefined
  #tick = 0
  #relayedAt = Number.NEGATIVE_INFINITY

  /** @param fillsSilence send silence when there is nothing else, as an RTP peer expects */
  constructor(send: (packet: Buffer) => void, fillsSilence: boolean) {
    this.stream = new StreamOut(send)
    this.#fillsSilence = fillsSilence
  }

  get format(): OutgoingFormat | undefined {
    return this.#format
  }

  /** Sets where audio goes from now on; before the first call nothing is sent and nothing played advances. */
  setFormat(format: OutgoingFormat | undefined): void {
    this.#format = format && { ...format, g711: codecs[format.codec] }
  }

  /** Plays a source in place of the one before. */
  play(playing: Playing): void {
    this.stop('stopped')
    this.#playing = playing
    this.#started = false
  }

  stop(reason: PlayEnd): void {
    const playing = this.#playing
    if (!playing) return
    this.#playing = undefined
    if (this.#format && playing.source.read(this.#frame, this.#tick + 1)) {
      fadeOut(this.#frame)
      this.#tail = this.#frame.slice()
    }
    playing.ended(reason)
  }

  /** A key was pressed by the other side: ends what may be interrupted. */
  bargeIn(): void {
    if (this.#playing?.interruptible) this.stop('barged')
  }

  /** Queues keys to send. Returns how long they take, in ms. */
  sendKeys(digits: string, durationMs: number): number {
    return this.#keys.send(digits, durationMs)
  }

  /** Passes on a packet of the other leg of a bridge; re-codes its payload in place. */
  relay(packet: RtpPacket, codec: G711, at: number): void {
    const format = this.#format
    this.#relayedAt = at
    if (!format || !this.open || this.#playing || this.#keys.busy) return
    transcode(packet.payload, codec.name, format.codec)
    this.meter?.add(packet.payload, format.g711)
    this.stream.relay(packet, format.payloadType, at)
  }

  /** Passes on a key packet of the other leg, when this side takes them. */
  relayKey(packet: RtpPacket, at: number): void {
    const type = this.#format?.telephoneEvent
    this.#relayedAt = at
    if (type === undefined || !this.open || this.#playing || this.#keys.busy) return
    this.stream.relay(packet, type, at)
  }

  tick(at: number, tick: number): void {
    const format = this.#format
    if (!format) return
    this.#tick = tick
    if (this.#sendKey(format, at)) return
    if (this.#tail) {
      const tail = this.#tail
      this.#tail = undefined
      this.#sendLinear(tail, format, at)
      return
    }
    if (this.#playing && this.#sendPlayed(this.#playing, format, at, tick)) return
    if (this.bridged ? at - this.#relayedAt < FILL_AFTER_MS : !this.#fillsSilence) return
    this.#send(silence.get(format.g711)!, format, at)
  }

  #sendKey(format: OutgoingFormat & { g711: G711 }, at: number): boolean {
    const step = this.#keys.next()
    if (!step) return false
    if (step === 'gap') this.#send(silence.get(format.g711)!, format, at)
    else if (this.open && format.telephoneEvent !== undefined) {
      this.stream.event(step.payload, format.telephoneEvent, at, step.first)
    }
    return true
  }

  #sendPlayed(playing: Playing, format: OutgoingFormat & { g711: G711 }, at: number, tick: number): boolean {
    const { encoded } = playing.source
    if (encoded && this.#started) {
      this.#send(encoded.call(playing.source, format.g711, tick), format, at)
      return true
    }
    if (playing.source.read(this.#frame, tick)) {
      // A shared stream is joined in its middle.
      if (encoded) fadeIn(this.#frame)
      this.#started = true
      this.#sendLinear(this.#frame, format, at)
      return true
    }
    this.#playing = undefined
    playing.ended('finished')
    return false
  }

  #sendLinear(samples: Int16Array, format: OutgoingFormat & { g711: G711 }, at: number): void {
    const payload = Buffer.allocUnsafe(FRAME_SAMPLES)
    encode(format.g711, samples, payload)
    this.#send(payload, format, at)
  }

  #send(payload: Buffer, format: OutgoingFormat & { g711: G711 }, at: number): void {
    if (!this.open) return
    this.meter?.add(payload, format.g711)
    this.stream.frame(payload, format.payloadType, at)
  }
}
