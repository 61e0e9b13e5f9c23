import { RANK } from '@ringdown/core/contract'

/** Roles include those below them. */
export const rank = { ...RANK }
