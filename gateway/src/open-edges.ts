import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BusMessage } from '@ringdown/core/events'
import type { Routing } from './acd/open-routing.ts'
import { refreshed } from './acd/refreshed.ts'
import { createWhyNow } from './acd/why-now.ts'
import { createComposeBoard } from './board/compose-board.ts'
import type { Calls } from './calls/open-calls.ts'
import { commandHandlers } from './commands/index.ts'
import { createRunCommand } from './commands/run-command.ts'
import { createComposeDesk } from './desk/compose-desk.ts'
import type { Foundation } from './foundation.ts'
import { bindRecordingAudio } from './http/contacts/audio.ts'
import { operationHandlers } from './http/handlers.ts'
import { bindPromptAudio } from './http/prompts/audio.ts'
import { createHttpServer } from './http/server.ts'
import { createCallerOfCookie } from './http/session/caller-of-cookie.ts'
import type { Ledger } from './ledger/ledger.ts'
import { bindOps, readinessChecks } from './ops/health.ts'
import { createMetrics } from './ops/metrics.ts'
import { socketLimits } from './socket/limits.ts'
import type { Pages } from './socket/pages.ts'
import { publishViews } from './socket/publish.ts'
import { recheckSessions } from './socket/recheck-sessions.ts'
import { openSocketServer } from './socket/server.ts'

const DRIFT_FRESH_MS = 5_000

export type EdgeParts = Foundation & { ledger: Ledger; routing: Routing; calls: Calls; pages: Pages }

/** The HTTP and socket edges of the gateway, listening. */
export async function openEdges(parts: EdgeParts): Promise<AsyncDisposable & { port: number }> {
  const { config, log, bus, sql, media, routing, calls, pages } = parts
  const { agents, headsets, queues, waits } = routing
  await using stack = new AsyncDisposableStack()

  const views = {
    composeDesk: createComposeDesk({ ...parts, queues }),
    composeBoard: createComposeBoard({ ...parts, acd: routing.acd.store, waits }),
  }
  const run = createRunCommand(
    commandHandlers({ agents, headsets, composeDesk: views.composeDesk }, calls.handlers),
    log,
  )
  bus.serve(run)

  const tellAll = (message: BusMessage) =>
    void bus.publish(message).catch((error: unknown) => log.error({ err: error, message }, 'pages were not closed'))
  const callerOfCookie = createCallerOfCookie(parts)
  // a scrape waits for no database
  const drift = refreshed<ReadonlyMap<string, number>>({
    freshMs: DRIFT_FRESH_MS,
    clock: parts.clock,
    first: new Map(),
    failed: (error) => log.warn({ err: error }, 'figures could not be compared'),
    async read() {
      const { queues: tiles } = await views.composeBoard()
      const drifting = tiles.flatMap(({ key, drift }) => (drift === 0 ? [] : [{ key, drift }]))
      if (drifting.length > 0) log.error({ drifting }, 'the figures of queues do not add up')
      return new Map(tiles.map(({ key, drift }) => [key, drift]))
    },
  })
  const metrics = createMetrics(config.gatewayId, {
    calls: () => calls.calls.size,
    pages: () => pages.count,
    unwritten: () => parts.ledger.pending,
    registered: calls.trunks.registered,
    refused: calls.trunks.refused,
    legs: () => calls.legs,
    drift: drift.soon,
    async waitErrors() {
      const [errors, all] = await Promise.all([waits.errors(), queues.all()])
      return new Map(all.flatMap(({ id, key }) => (errors.has(id) ? [[key, errors.get(id)!]] : [])))
    },
  })
  const operations = operationHandlers(parts, {
    views,
    ledger: parts.ledger,
    trunks: calls.trunks,
    forceSignOut: (agentId, by) => agents.signOut(agentId, { party: 'supervisor', userId: by }),
    whyNow: createWhyNow({ ...parts, acd: routing.acd.store, queues }),
    refreshQueues: () => queues.refresh(),
    refreshRouting: (agentId) => agents.refreshRouting(agentId),
    endSession: (sessionId) => tellAll({ kind: 'session_ended', sessionId, reason: 'signed_out' }),
    endUser: (userId) => tellAll({ kind: 'user_ended', userId, reason: 'forced' }),
  })
  const { http, addressOf } = createHttpServer({
    config,
    log,
    operations,
    run,
    callerOfCookie,
    metrics,
    streams(app) {
      bindOps(
        app,
        metrics,
        readinessChecks(
          { sql, redis: parts.redis },
          () => calls.sipConnected,
          () => media.connected,
        ),
      )
      bindRecordingAudio(app, parts)
      bindPromptAudio(app, parts)
    },
  })
  const io = openSocketServer({
    ...{ http, callerOfCookie, addressOf, run, views, log },
    presence: agents.presence,
    clock: parts.clock,
    limits: socketLimits(config.http.ratePerMinute),
  })
  pages.open(io)
  stack.use(publishViews(io, bus, views, log))
  stack.use(recheckSessions(io, { callerOfCookie, log, everyMs: 60_000 }))
  stack.defer(() => closeServer(http, () => io.disconnectSockets(true)))
  const port = await listen(http, config.http)
  const opened = stack.move()
  return { port, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function closeServer(server: Server, first: () => void): Promise<void> {
  first()
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}
