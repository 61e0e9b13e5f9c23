import type { Role } from '../../mix/role.ts'
import { MediaError } from '../../protocol/errors.ts'

/** The role that parameters name; who whispers must say to whom. */
export function roleOf({ role, to }: { role?: Role['is'] | undefined; to?: string | undefined }): Role {
  if (role !== 'whisper') return { is: role ?? 'talk' }
  if (to === undefined) throw new MediaError('invalid_params', 'to: name the leg that hears the whisper', 'to')
  return { is: role, to }
}
