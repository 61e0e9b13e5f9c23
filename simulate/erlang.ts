/** Load in Erlang: calls that are handled at once on average, were there agents enough. */
export type Erlang = { load: number; agents: number }

/** Erlang C: the share of callers who wait at all where nobody hangs up. 1 when the load is not carried. */
export function waitProbability({ load, agents }: Erlang): number {
  if (load >= agents) return 1
  // Erlang B by its recursion, which never overflows
  let blocked = 1
  for (let n = 1; n <= agents; n++) blocked = (load * blocked) / (n + load * blocked)
  return blocked / (1 - (load / agents) * (1 - blocked))
}

/** Erlang C: mean wait of all callers, and the share answered within a time; ms. */
export function erlangC(erlang: Erlang, handleMs: number, withinMs: number) {
  const { load, agents } = erlang
  const waits = waitProbability(erlang)
  return {
    waits,
    asaMs: (waits * handleMs) / (agents - load),
    serviceLevel: 1 - waits * Math.exp((-(agents - load) * withinMs) / handleMs),
    occupancy: load / agents,
  }
}

/**
 * Erlang A (M/M/n+M): as Erlang C, but each caller who waits hangs up after an exponential time. The share who hang up and
 * the mean wait of all callers, answered or not (by Little's law).
 */
export function erlangA({ load, agents }: Erlang, handleMs: number, patienceMs: number) {
  const [arrivals, ends, leaves] = [load / handleMs, 1 / handleMs, 1 / patienceMs]
  // the balance of births and deaths, relative to the state in which all agents are busy and nobody waits
  let mass = 1
  let below = 1
  for (let n = agents; n > 0; n--) {
    below *= (n * ends) / arrivals
    mass += below
  }
  let line = 0
  let above = 1
  for (let waiting = 1; above > 1e-15 || waiting < 10; waiting++) {
    above *= arrivals / (agents * ends + waiting * leaves)
    mass += above
    line += waiting * above
  }
  const meanLine = line / mass
  return { abandons: (meanLine * leaves) / arrivals, meanWaitMs: meanLine / arrivals }
}
