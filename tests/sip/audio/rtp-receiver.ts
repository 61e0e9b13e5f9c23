import type { AudioAgreement } from './audio-agreement.ts'
import { DtmfListener, type HeardDigit } from './dtmf.ts'
import { type Codec, decode } from './g711.ts'
import type { Recorder } from './recorder.ts'
import { readRtp } from './rtp-packet.ts'

export type ReceivedStatistics = {
  packets: number
  lost: number
  /** Packets of a payload type nobody agreed on. */
  foreign: number
  ssrcs: Set<number>
  lastAt: number | undefined
}

/** Takes packets apart: audio to the recorder, telephone-events to the digits. */
export class RtpReceiver {
  readonly statistics: ReceivedStatistics = { packets: 0, lost: 0, foreign: 0, ssrcs: new Set(), lastAt: undefined }
  #recorder: Recorder
  #dtmf: DtmfListener
  #next = new Map<number, number>()

  constructor(recorder: Recorder, onDigit: (heard: HeardDigit) => void) {
    this.#recorder = recorder
    this.#dtmf = new DtmfListener(onDigit)
  }

  receive(datagram: Buffer, agreement: AudioAgreement | undefined): void {
    const packet = readRtp(datagram)
    if (!packet) return
    const { statistics } = this
    statistics.packets++
    statistics.lastAt = Date.now()
    statistics.ssrcs.add(packet.ssrc)
    this.#countLost(packet.ssrc, packet.sequence)
    if (packet.payloadType === agreement?.dtmfPayloadType) {
      this.#dtmf.receive(packet.payload, packet.timestamp, this.#recorder.elapsedMs)
      return
    }
    const codec = codecOf(packet.payloadType, agreement)
    if (codec) this.#recorder.write(decode(packet.payload, codec), packet)
    else statistics.foreign++
  }

  #countLost(ssrc: number, sequence: number): void {
    const expected = this.#next.get(ssrc)
    const ahead = expected === undefined ? 0 : (sequence - expected) & 0xffff
    if (ahead < 0x8000) {
      this.statistics.lost += ahead
      this.#next.set(ssrc, (sequence + 1) & 0xffff)
    } else this.statistics.lost = Math.max(0, this.statistics.lost - 1) // it was only late
  }
}

function codecOf(payloadType: number, agreement: AudioAgreement | undefined): Codec | undefined {
  if (payloadType === agreement?.payloadType) return agreement.codec
  if (payloadType === 0) return 'pcmu'
  return payloadType === 8 ? 'pcma' : undefined
}
