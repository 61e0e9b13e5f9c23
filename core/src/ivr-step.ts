import { z } from 'zod'
import { Localized } from './kernel/index.ts'

/** What the caller did in one IVR node: shown to the agent as the path. */
export const IvrStep = z.object({
  node: z.string().max(80),
  label: Localized,
  /** Keys pressed there; digits of codes included, null where none. */
  keyed: z.string().max(40).nullable(),
})
export type IvrStep = z.infer<typeof IvrStep>
