import { redisKeys } from '@ringdown/db/redis'
import type { Logger } from 'pino'
import { openRouting } from './acd/open-routing.ts'
import { openCalls } from './calls/open-calls.ts'
import type { Config } from './config.ts'
import { lateEvents } from './ledger/late-events.ts'
import { openLedger } from './ledger/ledger.ts'
import { openEdges } from './open-edges.ts'
import { openFoundation } from './open-foundation.ts'
import { phoneBindings } from './sip/phone-bindings.ts'
import { createPages } from './socket/pages.ts'

export type Gateway = AsyncDisposable & { httpPort: number }

/**
 * Wires the gateway: connections, routing, calls, then the HTTP and socket edges, and listens. Disposing it takes it apart
 * in reverse order: no new requests, calls ended, connections closed.
 */
export async function startGateway(config: Config, log: Logger): Promise<Gateway> {
  await using stack = new AsyncDisposableStack()
  const foundation = await openFoundation(config, log, stack)
  const late = lateEvents({ ...foundation, gatewayId: config.gatewayId, kind: 'contact' })
  const ledger = stack.use(openLedger({ ...foundation, late }))
  const phones = phoneBindings(foundation.redis, redisKeys(config.redisPrefix).phone)
  const pages = createPages()
  const routing = stack.use(
    openRouting({
      ...foundation,
      ledger,
      tellPages: pages.tell,
      phoneOf: async (agentId) => (await phones.find(agentId))?.contact ?? null,
    }),
  )
  const calls = stack.use(await openCalls({ ...foundation, ledger, routing, phones }))
  const edges = stack.use(await openEdges({ ...foundation, ledger, routing, calls, pages }))
  await routing.start()
  const running = stack.move()
  return { httpPort: edges.port, [Symbol.asyncDispose]: () => running.disposeAsync() }
}
