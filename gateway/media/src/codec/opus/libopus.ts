import { createRequire } from 'node:module'
import type { Rate } from '../codec.ts'

/** Longest packet of RFC 6716 3.2 times three frames. */
const MAX_PACKET_BYTES = 3_828
/** 120 ms at 16 kHz, twice for good measure. */
const MAX_SAMPLES = 5_760
const VOICE = 2_048

/** What opusscript's WebAssembly build gives. Its own wrapper is not used: see the ADR on Opus. */
type Native = {
  HEAPU8: Uint8Array
  HEAPU16: Uint16Array
  _malloc(bytes: number): number
  OpusScriptHandler: {
    new (rate: number, channels: number, application: number): Handle
    destroy_handler(handle: Handle): void
  }
}
type Handle = {
  _encode(samples: number, bytes: number, into: number, frame: number): number
  _decode(packet: number, bytes: number, into: number): number
  _encoder_ctl(request: number, value: number): number
}

let loaded: { native: Native; samples: number; packet: number } | undefined

/** One library for a thread, loaded at the first Opus leg; all coders share its two buffers. */
function library() {
  if (loaded) return loaded
  const load = createRequire(import.meta.url)('opusscript/build/opusscript_native_wasm.js') as () => Native
  const native = load()
  loaded = { native, samples: native._malloc(MAX_SAMPLES * 4), packet: native._malloc(MAX_PACKET_BYTES) }
  return loaded
}

/** The memory of a coder lies in WebAssembly, where no garbage collector comes. */
const forgotten = new FinalizationRegistry<Handle>((handle) =>
  library().native.OpusScriptHandler.destroy_handler(handle),
)

/** One libopus encoder and decoder for a mono stream. */
export class LibOpus {
  readonly #handle: Handle

  constructor(rate: Rate) {
    const { native } = library()
    this.#handle = new native.OpusScriptHandler(rate, 1, VOICE)
    forgotten.register(this, this.#handle)
  }

  /** OPUS_SET_… requests of opus_defines.h. */
  set(request: number, value: number): void {
    if (this.#handle._encoder_ctl(request, value) < 0) throw new Error(`libopus refuses ${request} = ${value}`)
  }

  /** @param samples one frame of 10, 20, 40 or 60 ms */
  encode(samples: Int16Array): Buffer {
    const { native, samples: from, packet } = library()
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
    // The build takes and gives each byte of a sample in a 16-bit word of its own.
    native.HEAPU16.set(bytes, from >> 1)
    const length = this.#handle._encode(from, bytes.length, packet, samples.length)
    if (length < 0) throw new Error(`libopus could not encode: ${length}`)
    return Buffer.from(native.HEAPU8.subarray(packet, packet + length))
  }

  /** Throws an Error for what is no Opus packet. */
  decode(payload: Uint8Array): Int16Array {
    const { native, samples: into, packet } = library()
    if (payload.length === 0 || payload.length > MAX_PACKET_BYTES) throw new Error('no Opus packet')
    native.HEAPU8.set(payload, packet)
    const count = this.#handle._decode(packet, payload.length, into)
    if (count < 0) throw new Error(`libopus could not decode: ${count}`)
    const words = native.HEAPU16.subarray(into >> 1, (into >> 1) + count * 2)
    return new Int16Array(Uint8Array.from(words).buffer)
  }
}
