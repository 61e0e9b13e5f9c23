import type { Codec } from './codec.ts'
import { pcma, pcmu } from './g711.ts'
import { g722 } from './g722/g722.ts'
import type { CodecName } from './names.ts'
import { opus } from './opus/opus.ts'

/** Every codec a leg can speak. */
export const codecs = { PCMA: pcma, PCMU: pcmu, G722: g722, opus } as const satisfies Record<CodecName, Codec>
