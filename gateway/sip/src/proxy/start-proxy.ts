import type { Core } from '../core/core.ts'
import { answer } from '../core/incoming-request.ts'
import type { Headers } from '../message/headers.ts'
import { ProxiedRequest, type ProxyReport } from './proxied-request.ts'
import type { ProxyOptions } from './proxy-options.ts'

/**
 * An application hands a request over to be proxied. From then on it has no part in it but to hear the final responses;
 * it may go away. A text result is the reason why the request was refused instead; the caller has his answer then.
 */
export function startProxy(
  core: Core,
  txnId: string,
  options: ProxyOptions,
  extra: Headers,
  report: ProxyReport,
): string | undefined {
  const incoming = core.incoming.get(txnId)
  if (!incoming || incoming.dialog) return `Unknown transaction id: ${txnId}`
  const { request, transaction } = incoming
  transaction.machine.stopEnding()
  const left = request.headers.get('max-forwards')
  if (left !== undefined && Number(left) === 0) {
    answer(core, incoming, 483, 'Too Many Hops')
    return `Rejected with 483 Too Many Hops due to Max-Forwards value of ${left}`
  }
  const required = request.headers.list('proxy-require')
  if (required.length > 0) {
    answer(core, incoming, 420, 'Bad Extension', [['Unsupported', required.join(', ')]])
    return `Rejected with 420 Bad Extension due to Proxy-Require of ${required.join(', ')}`
  }
  core.incoming.delete(txnId)
  const challenger = core.challenged.find(request, Date.now())
  const destinations = challenger === undefined ? options.destinations : [challenger]
  const proxied = new ProxiedRequest(core, incoming, options, destinations, extra, report)
  incoming.proxied = proxied
  proxied.start()
  return undefined
}
