import type { Direction } from '../audio/audio-agreement.ts'
import type { CallAudio } from '../audio/call-audio.ts'
import type { Codec } from '../audio/g711.ts'
import { agree, chooseFormats, type Format, mirror, offeredFormats, readSdp, writeSdp } from './sdp.ts'

/** Offers and answers of one call (RFC 3264), and what they mean for its audio. */
export class MediaSession {
  readonly audio: CallAudio
  /** What we want to do: 'sendonly' while we hold the other. */
  wish: Direction = 'sendrecv'
  /** What they last said they do. */
  theirs: Direction = 'sendrecv'
  /** An offer of ours that has no answer yet. */
  #offered: Direction | undefined
  #codecs: readonly Codec[]
  #address: string
  #sessionId = Math.floor(Math.random() * 2 ** 31)
  #version = 0

  constructor(audio: CallAudio, address: string, codecs: readonly Codec[]) {
    this.audio = audio
    this.#address = address
    this.#codecs = codecs
  }

  get awaitsAnswer(): boolean {
    return this.#offered !== undefined
  }

  offer(formats: readonly Format[] = offeredFormats(this.#codecs)): Buffer {
    this.#offered = this.wish
    return this.#write(this.wish, formats)
  }

  /** Our answer to their offer, or undefined when no format is common; from then on the audio follows it. */
  answer(offer: Buffer): Buffer | undefined {
    const theirs = readSdp(offer)
    const formats = theirs && chooseFormats(theirs, this.#codecs)
    if (!theirs || !formats) return undefined
    const direction = mirror(theirs.direction, this.wish)
    this.theirs = theirs.direction
    this.audio.connect(agree(theirs, formats, direction))
    return this.#write(direction, formats)
  }

  /** Their answer to our offer. False when it has nothing we offered. */
  accept(answer: Buffer): boolean {
    const theirs = readSdp(answer)
    const formats = theirs && chooseFormats(theirs, this.#codecs)
    if (!theirs || !formats) return false
    this.theirs = theirs.direction
    this.audio.connect(agree(theirs, formats, mirror(theirs.direction, this.#offered ?? this.wish)))
    this.#offered = undefined
    return true
  }

  /** Our offer was refused: what was agreed before still holds. */
  withdraw(): void {
    this.#offered = undefined
  }

  canAnswer(offer: Buffer): boolean {
    const theirs = readSdp(offer)
    return theirs !== undefined && chooseFormats(theirs, this.#codecs) !== undefined
  }

  #write(direction: Direction, formats: readonly Format[]): Buffer {
    const local = {
      address: this.#address,
      port: this.audio.port,
      sessionId: this.#sessionId,
      version: ++this.#version,
    }
    return writeSdp({ ...local, direction }, formats)
  }
}
