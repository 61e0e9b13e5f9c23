/**
 * A transaction's chart as a table: per state, what each event does, and the state it leads to. An empty cell means the
 * event is absorbed, which is what RFC 3261 asks of a machine that hears something late or twice.
 */
export type Chart<State extends string, Event extends string, Machine> = {
  readonly [S in State]: { readonly [E in Event]?: (machine: Machine) => State }
}
