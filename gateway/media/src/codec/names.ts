import { z } from 'zod'

/** The audio codecs, by their names in SDP. */
export const CodecName = z.enum(['PCMA', 'PCMU', 'G722', 'opus'])
export type CodecName = z.infer<typeof CodecName>
