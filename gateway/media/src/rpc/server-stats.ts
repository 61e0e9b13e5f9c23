import type { MethodResult } from '../protocol/methods.ts'
import type { ServerContext } from './server-context.ts'

/** The figures of the whole server now. */
export async function serverStats(context: ServerContext): Promise<MethodResult<'server.stats'>> {
  const { exchange, owners, startedAt } = context
  const { legs, ...figures } = await exchange.figures()
  return {
    ...figures,
    legs: legs.rtp + legs.webrtc,
    connections: owners.connected,
    portsInUse: exchange.ports.inUse,
    uptimeMs: Date.now() - startedAt,
  }
}
