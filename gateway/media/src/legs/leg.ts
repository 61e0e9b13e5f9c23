import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Codec } from '../codec/codec.ts'
import { PacketDecoder } from '../ear/packet-decoder.ts'
import { TICK_MS, type Ticker } from '../engine.ts'
import { meanOpinionScore } from '../insight/mos.ts'
import { QualityWatch } from '../insight/quality-watch.ts'
import { SilenceWatch } from '../insight/silence-watch.ts'
import { InbandReceiver } from '../keys/inband-receiver.ts'
import { MediaError } from '../protocol/errors.ts'
import type { Emit, EventData } from '../protocol/events.ts'
import type { LegStats } from '../protocol/methods.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { RtcpSession } from '../rtp/rtcp-session.ts'
import { KeyTones } from '../sources/key-tones.ts'
import type { Source } from '../sources/source.ts'
import { type AudioTap, LegInput, type Onward } from './leg-input.ts'
import { LegOutput, type OutgoingFormat } from './leg-output.ts'
import { type LegEvent, type LegState, nextLegState } from './leg-state.ts'
import { LevelMeter } from './level-meter.ts'
import type { Party } from './party.ts'

const LEVEL_INTERVAL_TICKS = 10

/** What every leg needs from its server. */
export type LegSetting = {
  /** Who is told of the leg's events, and whose leg it is. */
  owner: string
  emit: Emit
  /** No packet for so long on an open stream: the leg is lost. */
  timeoutMs: number
  /** It can't be heard for so long, though it should be: `leg.alarm`; 0 is never. */
  alarmAfterMs: number
  levels: boolean
  /** Keys are looked for in the audio, and sent as tones, while the other side names no RFC 4733 events. */
  inbandKeys: boolean
}

/** One RTP or WebRTC side of a call: an input, an output, and whether anybody is there. */
export abstract class Leg implements Ticker, Party {
  readonly id = randomUUID()
  readonly owner: string
  readonly input: LegInput
  readonly output: LegOutput
  readonly rtcp: RtcpSession
  readonly inbandKeys: boolean
  abstract readonly kind: LegStats['kind']
  protected readonly emit: Emit
  protected packetsRefused = 0
  readonly #timeoutMs: number
  readonly #meter: LevelMeter | undefined
  readonly #quality: QualityWatch
  readonly #silence: SilenceWatch
  #state: LegState = 'waiting'
  /** Ticks without a packet, counted rather than timed: a stall of our own process is not the other side's silence. */
  #silentTicks = 0
  #heardAt: number | undefined

  constructor(setting: LegSetting, fillsSilence: boolean) {
    this.owner = setting.owner
    this.emit = setting.emit
    this.#timeoutMs = setting.timeoutMs
    const keys = {
      pressed: () => this.output.bargeIn(),
      released: (digit: string, durationMs: number) => this.emit('dtmf', { legId: this.id, digit, durationMs }),
    }
    this.input = new LegInput(keys)
    this.inbandKeys = setting.inbandKeys
    if (setting.inbandKeys) this.#findKeys(keys)
    this.output = new LegOutput((packet) => this.sendRtp(packet), fillsSilence)
    this.rtcp = new RtcpSession(this.output.stream, this.input.stats)
    this.#quality = new QualityWatch(this.input.stats, this.rtcp, (quality) => {
      this.emit('leg.quality', { legId: this.id, ...quality })
    })
    this.#silence = new SilenceWatch(setting.alarmAfterMs, (alarm, active) => {
      this.emit('leg.alarm', { legId: this.id, alarm, active })
    })
    this.listen(this.#silence)
    this.#meter = setting.levels ? this.#measure() : undefined
  }

  get state(): LegState {
    return this.#state
  }

  get closed(): boolean {
    return this.#state === 'closed'
  }

  /** Throws MediaError `leg_already_bridged`, or `leg_not_found` when the leg is closed. */
  assertFree(): void {
    if (this.closed) throw new MediaError('leg_not_found', `no leg ${this.id}`, 'legs')
    if (this.input.onward) throw new MediaError('leg_already_bridged', `leg ${this.id} is in a bridge`, 'legs')
  }

  join(onward: Onward): void {
    this.assertFree()
    this.output.stop('stopped')
    this.output.bridged = true
    this.input.onward = onward
  }

  part(): void {
    this.input.onward = undefined
    this.output.bridged = false
  }

  relay(packet: RtpPacket, codec: Codec, at: number): void {
    this.output.relay(packet, codec, at)
  }

  relayKey(packet: RtpPacket, at: number): void {
    this.output.relayKey(packet, at)
  }

  listen(tap: AudioTap): void {
    this.input.taps.add(tap)
  }

  unlisten(tap: AudioTap): void {
    this.input.taps.delete(tap)
  }

  /** Plays a source in place of what the leg heard. Returns the id that `play.ended` will carry. */
  play(source: Source, interruptible: boolean): string {
    const playId = randomUUID()
    this.output.play({
      source,
      interruptible,
      ended: (reason) => this.emit('play.ended', { legId: this.id, playId, reason }),
    })
    return playId
  }

  /** Sends keys as tones in place of what the leg heard. Returns how long they take, in ms. */
  playKeys(digits: string, durationMs: number): number {
    const source = new KeyTones(digits, durationMs)
    this.output.play({ source, interruptible: false, ended: () => {} })
    return source.durationMs
  }

  tick(at: number, tick: number): void {
    this.input.tick(at)
    this.output.tick(at, tick)
    const report = this.rtcp.due(at)
    if (report) this.sendRtcp(report)
    this.#watch()
    this.#quality.tick(this.expectsPackets())
    if (this.#meter && tick % LEVEL_INTERVAL_TICKS === 0) {
      this.emit('leg.level', { legId: this.id, in: this.#meter.read(), out: this.output.meter!.read() })
    }
  }

  stats(): LegStats {
    const { stats, lastPacketAt } = this.input
    const heard = stats.received > 0
    const loss = heard ? stats.lost / (stats.lost + stats.received) : 0
    return {
      kind: this.kind,
      state: this.#state,
      codec: this.output.format?.codec ?? null,
      remoteAddress: this.remoteAddress(),
      packetsReceived: stats.received,
      packetsSent: this.output.stream.packets,
      packetsLost: stats.lost,
      packetsRefused: this.packetsRefused,
      jitterMs: stats.jitterMs,
      roundTripMs: this.rtcp.roundTripMs,
      remoteLoss: this.rtcp.remoteLoss,
      lastPacketAt: lastPacketAt === undefined ? null : Math.round(performance.timeOrigin + lastPacketAt),
      mos: heard ? meanOpinionScore(loss, stats.jitterMs, this.rtcp.roundTripMs ?? 0) : null,
      lowestMos: this.#quality.lowestMos,
      remoteMos: this.rtcp.remoteMos,
    }
  }

  /** Ends the leg and gives back what it holds. Closing twice is dull. */
  close(reason: EventData<'leg.closed'>['reason']): void {
    if (!this.#move('closed')) return
    this.output.stop('stopped')
    this.release()
    this.emit('leg.closed', { legId: this.id, reason })
  }

  /** Somebody is there. */
  protected heard(): void {
    if (this.#move('heard')) this.emit('leg.connected', { legId: this.id })
  }

  /** Nobody is there any more. */
  protected lose(reason: EventData<'leg.lost'>['reason']): void {
    if (this.#move('silent')) this.emit('leg.lost', { legId: this.id, reason })
  }

  /** Sets what goes out and may come in, after offer and answer. */
  protected setFormat(format: OutgoingFormat | undefined, receives: boolean, sends: boolean): void {
    this.output.setFormat(format)
    this.output.open = sends
    this.input.open = receives
    this.#silentTicks = 0
  }

  protected abstract sendRtp(packet: Buffer): void
  protected abstract sendRtcp(packet: Buffer): void
  protected abstract remoteAddress(): string | null
  /** Gives back sockets and the like. */
  protected abstract release(): void
  /** Whether the other side must be sending now. */
  protected abstract expectsPackets(): boolean

  #move(event: LegEvent): boolean {
    const next = nextLegState(this.#state, event)
    if (next) this.#state = next
    return next !== undefined
  }

  #watch(): void {
    const heardAt = this.input.lastPacketAt
    this.#silentTicks = this.expectsPackets() && heardAt === this.#heardAt ? this.#silentTicks + 1 : 0
    this.#heardAt = heardAt
    this.#silence.tick(this.#silentTicks > 0 && this.output.stream.packets > 0)
    if (this.#silentTicks * TICK_MS >= this.#timeoutMs) this.lose('rtp_timeout')
  }

  /** Only while there are no events: a side that sends both would press every key twice. */
  #findKeys(keys: ConstructorParameters<typeof InbandReceiver>[0]): void {
    const receiver = new InbandReceiver(keys)
    this.listen({
      audio: (packet, codec) => {
        if (!this.input.takesEvents) receiver.audio(packet, codec)
      },
    })
  }

  #measure(): LevelMeter {
    const incoming = new LevelMeter()
    const decoder = new PacketDecoder()
    this.listen({
      audio: (packet, codec) => {
        const said = decoder.decode(packet, codec)
        if (said) incoming.add(said.samples)
      },
    })
    this.output.meter = new LevelMeter()
    return incoming
  }
}
