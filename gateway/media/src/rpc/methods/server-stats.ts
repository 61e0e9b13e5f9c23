import type { Handler } from '../handler.ts'

/** The figures of the whole server now. */
export const serverStats: Handler<'server.stats'> = (_params, { switchboard, owners, ports, engine, startedAt }) => ({
  legs: switchboard.legs.size,
  bridges: switchboard.bridgeCount,
  recordings: switchboard.recordings.size,
  connections: owners.connected,
  portsInUse: ports.inUse,
  packetsReceived: switchboard.packetsReceived,
  packetsSent: switchboard.packetsSent,
  ticksSkipped: engine.skipped,
  uptimeMs: Date.now() - startedAt,
})
