import { type NaptrRecord, promises } from 'node:dns'
import type { SrvRecord } from './srv-order.ts'

/** What is asked of DNS. An empty list when there is no such record or nobody answers. */
export interface Dns {
  naptr(name: string): Promise<readonly NaptrRecord[]>
  srv(name: string): Promise<readonly SrvRecord[]>
  /** AAAA and A; AAAA first. */
  addresses(name: string): Promise<readonly string[]>
}

export type DnsSettings = {
  /** `192.0.2.53` or `192.0.2.53:5353`; empty for the system's, with its hosts file. */
  readonly servers: readonly string[]
  /** How long an answer is used; addresses no longer than their own time to live. */
  readonly cacheMs: number
  /** How long 'there is none' is used. */
  readonly negativeMs: number
  /** How long one try of one server may take. */
  readonly timeoutMs: number
}

/** Names remembered; the oldest go first. */
const maxNames = 10_000

/** Answers of DNS, remembered. Who asks while the answer is on its way waits for the same one. */
export class DnsCache implements Dns {
  private readonly resolver: promises.Resolver
  private readonly settings: DnsSettings
  private readonly answers = new Map<string, { answer: Promise<readonly unknown[]>; until: number }>()

  constructor(settings: DnsSettings) {
    this.settings = settings
    this.resolver = new promises.Resolver({ timeout: settings.timeoutMs, tries: 2 })
    if (settings.servers.length > 0) this.resolver.setServers(settings.servers)
  }

  naptr(name: string): Promise<readonly NaptrRecord[]> {
    return this.ask(`naptr ${name}`, async () => ({ records: await this.resolver.resolveNaptr(name) }))
  }

  srv(name: string): Promise<readonly SrvRecord[]> {
    return this.ask(`srv ${name}`, async () => ({ records: await this.resolver.resolveSrv(name) }))
  }

  addresses(name: string): Promise<readonly string[]> {
    return this.ask(`address ${name}`, () => (this.settings.servers.length > 0 ? this.query(name) : this.system(name)))
  }

  private async query(name: string): Promise<Found<string>> {
    const [six, four] = await Promise.allSettled([
      this.resolver.resolve6(name, { ttl: true }),
      this.resolver.resolve4(name, { ttl: true }),
    ])
    const found = [six, four].flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
    return {
      records: found.map(({ address }) => address),
      forMs: Math.min(...found.map(({ ttl }) => Math.max(1, ttl) * 1000)),
    }
  }

  /** With the hosts file, which c-ares leaves out. */
  private async system(name: string): Promise<Found<string>> {
    const found = await promises.lookup(name, { all: true })
    return { records: found.map(({ address }) => address) }
  }

  private ask<T>(key: string, query: () => Promise<Found<T>>): Promise<readonly T[]> {
    const now = Date.now()
    const known = this.answers.get(key)
    if (known && known.until > now) return known.answer as Promise<readonly T[]>
    const { cacheMs, negativeMs } = this.settings
    const entry = { answer: Promise.resolve<readonly T[]>([]), until: Number.POSITIVE_INFINITY }
    entry.answer = query().then(
      ({ records, forMs = cacheMs }) => {
        entry.until = Date.now() + (records.length > 0 ? Math.min(cacheMs, forMs) : negativeMs)
        return records
      },
      () => {
        entry.until = Date.now() + negativeMs
        return []
      },
    )
    this.answers.delete(key)
    this.answers.set(key, entry)
    const oldest = this.answers.keys().next().value
    if (this.answers.size > maxNames && oldest !== undefined) this.answers.delete(oldest)
    return entry.answer
  }
}

type Found<T> = { readonly records: readonly T[]; readonly forMs?: number }
