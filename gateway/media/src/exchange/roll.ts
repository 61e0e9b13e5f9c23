export type Thing = 'leg' | 'bridge' | 'recording'

/** Is told what comes and goes in a thread. */
export type RollKeeper = {
  add(thing: Thing, id: string, owner: string): void
  remove(thing: Thing, id: string): void
}

/** What a thread has and whose it is, as far as the main thread was told. */
export class Roll implements RollKeeper {
  readonly #owners: Record<Thing, Map<string, string>> = { leg: new Map(), bridge: new Map(), recording: new Map() }

  get legs(): number {
    return this.#owners.leg.size
  }

  add(thing: Thing, id: string, owner: string): void {
    this.#owners[thing].set(id, owner)
  }

  remove(thing: Thing, id: string): void {
    this.#owners[thing].delete(id)
  }

  has(id: string): boolean {
    return Object.values(this.#owners).some((owners) => owners.has(id))
  }

  all(thing: Thing): { id: string; owner: string }[] {
    return [...this.#owners[thing]].map(([id, owner]) => ({ id, owner }))
  }

  ownedBy(thing: Thing, owner: string): string[] {
    return this.all(thing).flatMap((entry) => (entry.owner === owner ? [entry.id] : []))
  }
}
