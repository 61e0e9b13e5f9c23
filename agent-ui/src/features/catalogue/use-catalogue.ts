import type { Catalogue } from '@ringdown/core/contract'
import { useApi } from '../../api/index.ts'

const NOTHING: Catalogue = {
  company: '',
  timeZone: 'Asia/Shanghai',
  numberToCall: '',
  queues: [],
  agents: [],
  dispositions: [],
  skills: [],
}

/** Names of queues, colleagues, dispositions and skills; empty lists until they are here. */
export function useCatalogue(): Catalogue {
  return useApi('readCatalogue', undefined, { staleTime: 60_000 }).data ?? NOTHING
}
