import type { TrunkId } from '@ringdown/core/kernel'
import { type Found, type Registration, type Source, trunkFinder } from '@ringdown/core/trunk'
import type { StoredTrunk } from '@ringdown/db/postgres'

/** All trunks as they were at the last reading: a call waits for no database. */
export type TrunkBook = {
  /** Reads anew. Rejects when the record cannot be read; what was known stays. */
  read(): Promise<void>
  all(): readonly StoredTrunk[]
  find(source: Source): Found | undefined
}

export type TrunkBookParts = {
  list(): Promise<StoredTrunk[]>
  /** Of the trunks that some gateway registers. */
  registrations(ids: readonly TrunkId[]): Promise<ReadonlyMap<TrunkId, Registration>>
}

export function createTrunkBook({ list, registrations }: TrunkBookParts): TrunkBook {
  let known: readonly StoredTrunk[] = []
  let find: TrunkBook['find'] = () => undefined
  return {
    async read() {
      const trunks = await list()
      const states = await registrations(trunks.flatMap(({ id, kind }) => (kind === 'registration' ? [id] : [])))
      known = trunks
      find = trunkFinder(trunks.map((trunk) => ({ ...trunk, registrarAddress: addressOf(states.get(trunk.id)) })))
    },
    all: () => known,
    find: (source) => find(source),
  }
}

const addressOf = (registration: Registration | undefined): string | null =>
  registration === undefined || registration.state === 'trying' ? null : registration.address
