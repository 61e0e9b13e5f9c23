import type { Endpoint, Flow } from './flow.ts'

/** The open connections of one listener, for reuse (RFC 3261 section 18.1.1, RFC 5923). */
export class Connections<Connection extends Flow> {
  private readonly byKey = new Map<string, Connection>()
  private readonly keys = new Map<Flow, string>()

  get size(): number {
    return this.keys.size
  }

  /** `name` is the host name whose certificate was asked for; connections without one are found by address alone. */
  add(connection: Connection, name?: string): void {
    const key = keyOf(connection.remote, name)
    this.byKey.set(key, connection)
    this.keys.set(connection, key)
  }

  find(remote: Endpoint, name?: string): Connection | undefined {
    const found = this.byKey.get(keyOf(remote, name))
    return found?.open ? found : undefined
  }

  /** Takes a closed connection out; another that has its place already stays. */
  remove(connection: Flow): void {
    const key = this.keys.get(connection)
    this.keys.delete(connection)
    if (key !== undefined && this.byKey.get(key) === connection) this.byKey.delete(key)
  }

  /** Those to these IP addresses, or all. */
  close(is: (host: string) => boolean = () => true): void {
    for (const connection of this.keys.keys()) if (is(connection.remote.host)) connection.close()
  }
}

function keyOf({ host, port }: Endpoint, name = ''): string {
  return `${host} ${port} ${name}`
}
