import type { SipUri } from '../message/uri.ts'
import { transportOf } from '../message/uri.ts'
import { familyOf } from '../transport/address.ts'
import type { Endpoint, Protocol } from '../transport/flow.ts'
import type { Resolver, Target } from '../transport/resolve.ts'
import type { Dns } from './dns-cache.ts'
import { FailedTargets } from './failed-targets.ts'
import { locate } from './locate.ts'

/** RFC 3263 with a memory for addresses that did not answer. */
export class DnsResolver implements Resolver {
  private readonly dns: Dns
  private readonly usable: (protocol: Protocol) => boolean
  private readonly failedTargets: FailedTargets

  /** `usable` are the transports there is a listener for. */
  constructor(dns: Dns, usable: (protocol: Protocol) => boolean, failedForMs: number) {
    this.dns = dns
    this.usable = usable
    this.failedTargets = new FailedTargets(failedForMs)
  }

  literal(uri: SipUri): Target | undefined {
    if (familyOf(uri.host) === undefined) return undefined
    return { host: uri.host, port: uri.port ?? (uri.scheme === 'sips' ? 5061 : 5060), transport: transportOf(uri) }
  }

  async lookUp(uri: SipUri): Promise<Target[]> {
    return this.failedTargets.order(await locate(uri, this.dns, this.usable), Date.now())
  }

  failed(target: Endpoint): void {
    this.failedTargets.add(target, Date.now())
  }
}
