import type { Codec, Rate } from '../codec/codec.ts'
import { noiseLevel, noiseSample } from '../codec/comfort-noise.ts'
import { decode, FRAME_SAMPLES, isG711, SAMPLE_RATE, transcode } from '../codec/g711.ts'
import { toSamples } from '../codec/l16.ts'
import type { CodecName } from '../codec/names.ts'
import { codecs } from '../codec/register.ts'
import { Ear } from '../ear/ear.ts'
import { PacketDecoder } from '../ear/packet-decoder.ts'
import type { EventData } from '../protocol/events.ts'
import { inClock } from '../rtp/dtmf.ts'
import { DtmfSender } from '../rtp/dtmf-sender.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { StreamOut } from '../rtp/stream-out.ts'
import type { EventFormat } from '../sdp/audio-formats.ts'
import { fadeIn, fadeOut } from '../sources/fade.ts'
import type { Source } from '../sources/source.ts'
import type { LevelMeter } from './level-meter.ts'
import { Packetiser } from './packetiser.ts'

/** A relayed stream silent for so long is filled up with silence of our own. */
const FILL_AFTER_MS = 100

export type PlayEnd = EventData<'play.ended'>['reason']
/** What a leg plays now. */
export type Playing = { source: Source; interruptible: boolean; ended(reason: PlayEnd): void }
/** How the other side wants its audio. */
export type OutgoingFormat = {
  codec: CodecName
  payloadType: number
  packetMs: number
  telephoneEvent: EventFormat | undefined
}

/**
 * What goes out on a leg, one of these at a time: keys, else what is played, else what comes from a bridge, else
 * silence. What comes in the leg's own codec, or in the other G.711, is relayed packet by packet; what comes in another
 * codec is heard by an ear and coded anew.
 */
export class LegOutput {
  readonly stream: StreamOut
  /** Measures what goes out, for legs that report levels. */
  meter: LevelMeter | undefined
  /** False while the stream is on hold in this direction; what is played runs on unheard. */
  open = true
  readonly #keys = new DtmfSender()
  readonly #fillsSilence: boolean
  readonly #frame = new Int16Array(FRAME_SAMPLES)
  #format: OutgoingFormat | undefined
  #codec: Codec = codecs.PCMA
  #packetiser: Packetiser | undefined
  #playing: Playing | undefined
  #started = false
  #tail: Int16Array | undefined
  #tick = 0
  #bridged = false
  #relayedAt = Number.NEGATIVE_INFINITY
  /** The stream relayed packet by packet. */
  #relayedSsrc: number | undefined
  /** Hears what must be coded anew. */
  #ear: Ear | undefined
  #heard = new Int16Array(0)
  /** Loudness of the pauses of the other leg. */
  #noise: number | undefined
  /** The key of the other leg that is passed on anew. */
  #passed: { ssrc: number; timestamp: number; at: number } | undefined
  #metered: PacketDecoder | undefined

  /** @param fillsSilence send silence when there is nothing else, as an RTP peer expects */
  constructor(send: (packet: Buffer) => void, fillsSilence: boolean) {
    this.stream = new StreamOut(send)
    this.#fillsSilence = fillsSilence
  }

  get format(): OutgoingFormat | undefined {
    return this.#format
  }

  /** Set while the leg is in a bridge: silence is ours to fill only when nothing comes from there. */
  set bridged(bridged: boolean) {
    this.#bridged = bridged
    this.#ear = undefined
    this.#noise = undefined
  }

  /** Sets where audio goes from now on; before the first call nothing is sent and nothing played advances. */
  setFormat(format: OutgoingFormat | undefined): void {
    const same = format && this.#format && isSame(format, this.#format)
    this.#format = format
    if (!format || same) return
    this.#codec = codecs[format.codec]
    this.stream.clockRate = this.#codec.clockRate
    this.#packetiser = new Packetiser(this.stream, this.#codec, format.payloadType, format.packetMs)
    this.#ear = undefined
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

  /** Passes on a packet of the other leg of a bridge, or a frame of a mix; may change its payload in place. */
  relay(packet: RtpPacket, codec: Codec, at: number): void {
    const format = this.#format
    if (codec.name === 'CN') {
      this.#noise = noiseLevel(packet.payload)
      this.#ear?.receive(packet, codec)
      return
    }
    this.#noise = undefined
    this.#relayedAt = at
    if (!format) return
    if (codec.name === 'L16') this.#relayMixed(toSamples(packet.payload), codec.wide, at)
    else if (codec === this.#codec || (isG711(codec) && isG711(this.#codec))) this.#relayDirectly(packet, codec, at)
    else this.#hearing(codec).receive(packet, codec)
  }

  /** Passes on a key packet of the other leg, when this side takes them. */
  relayKey(packet: RtpPacket, at: number): void {
    const events = this.#format?.telephoneEvent
    this.#relayedAt = at
    if (!events || !this.open || this.#playing || this.#keys.busy) return
    if (packet.ssrc === this.#relayedSsrc && !this.#isPassed(packet)) this.stream.relay(packet, events.payloadType, at)
    else this.#passKey(packet, events, at)
  }

  tick(at: number, tick: number): void {
    const format = this.#format
    if (!format) return
    this.#tick = tick
    // Read whether it can be sent or not: what is heard later must not be old.
    this.#ear?.read(this.#heard)
    if (this.#sendKey(format, at) || this.#passesKey(at)) return
    if (this.#tail) {
      const tail = this.#tail
      this.#tail = undefined
      this.#send(tail, SAMPLE_RATE, at)
      return
    }
    if (this.#playing && this.#sendPlayed(this.#playing, at, tick)) return
    if (this.#ear) this.#send(this.#heard, this.#ear.rate, at)
    else if (this.#bridged ? at - this.#relayedAt >= FILL_AFTER_MS : this.#fillsSilence) this.#sendSilence(at)
  }

  get #covered(): boolean {
    return !this.open || this.#playing !== undefined || this.#tail !== undefined || this.#keys.busy
  }

  #relayDirectly(packet: RtpPacket, codec: Codec, at: number): void {
    this.#ear = undefined
    if (this.#covered) return
    if (isG711(codec) && isG711(this.#codec)) transcode(packet.payload, codec, this.#codec)
    this.#measure(packet)
    this.#relayedSsrc = packet.ssrc
    this.stream.relay(packet, this.#format!.payloadType, at, this.#codec.units(packet.payload))
  }

  #measure(packet: RtpPacket): void {
    if (!this.meter) return
    this.#metered ??= new PacketDecoder()
    const said = this.#metered.decode(packet, this.#codec)
    if (said) this.meter.add(said.samples)
  }

  #relayMixed(samples: Int16Array, wide: boolean, at: number): void {
    this.#ear = undefined
    if (!this.#covered && !this.#passesKey(at)) this.#send(samples, wide ? 16_000 : SAMPLE_RATE, at)
  }

  #hearing(codec: Codec): Ear {
    const rate: Rate = codec.wide && this.#codec.wide ? 16_000 : SAMPLE_RATE
    if (this.#ear?.rate !== rate) {
      this.#ear = new Ear(rate)
      this.#heard = new Int16Array(rate / 50)
    }
    return this.#ear
  }

  /** A key of a stream that is not relayed packet by packet: its packets get a timestamp of ours. */
  #passKey(packet: RtpPacket, events: EventFormat, at: number): void {
    const { ssrc, timestamp, payload } = packet
    const first = !this.#isPassed(packet)
    this.#passed = { ssrc, timestamp, at }
    this.#relayedSsrc = undefined
    this.stream.event(inClock(payload, events.clockRate), events.payloadType, at, first)
  }

  #isPassed({ ssrc, timestamp }: RtpPacket): boolean {
    return this.#passed?.ssrc === ssrc && this.#passed.timestamp === timestamp
  }

  #passesKey(at: number): boolean {
    return this.#passed !== undefined && at - this.#passed.at < FILL_AFTER_MS
  }

  #sendKey(format: OutgoingFormat, at: number): boolean {
    const step = this.#keys.next()
    if (!step) return false
    const events = format.telephoneEvent
    if (step === 'gap') this.#sendSilence(at)
    else if (this.open && events) {
      this.#relayedSsrc = undefined
      this.stream.event(inClock(step.payload, events.clockRate), events.payloadType, at, step.first)
    }
    return true
  }

  #sendPlayed(playing: Playing, at: number, tick: number): boolean {
    const { source } = playing
    if (source.encoded && this.#started && isG711(this.#codec) && this.#packetiser!.takesEncoded) {
      this.#sendEncoded(source.encoded(this.#codec, tick), at)
      return true
    }
    if (source.read(this.#frame, tick)) {
      // A shared stream is joined in its middle.
      if (source.encoded && !this.#started) fadeIn(this.#frame)
      this.#started = true
      this.#send(this.#frame, SAMPLE_RATE, at)
      return true
    }
    this.#playing = undefined
    playing.ended('finished')
    return false
  }

  /** Silence, or as much noise as the other leg's pauses have. */
  #sendSilence(at: number): void {
    const noise = this.#noise
    for (let i = 0; i < FRAME_SAMPLES; i++) this.#frame[i] = noise === undefined ? 0 : noiseSample(noise)
    this.#send(this.#frame, SAMPLE_RATE, at)
  }

  #sendEncoded(payload: Buffer, at: number): void {
    if (!this.open) return
    this.#relayedSsrc = undefined
    if (this.meter && isG711(this.#codec)) this.meter.add(decode(this.#codec, payload))
    this.#packetiser!.sendEncoded(payload, at)
  }

  #send(samples: Int16Array, rate: Rate, at: number): void {
    if (!this.open) return
    this.#relayedSsrc = undefined
    this.meter?.add(samples)
    this.#packetiser!.send(samples, rate, at)
  }
}

function isSame(a: OutgoingFormat, b: OutgoingFormat): boolean {
  return a.codec === b.codec && a.payloadType === b.payloadType && a.packetMs === b.packetMs
}
