import type { AcdStore } from '@ringdown/core/acd'
import type { AgentStore } from '@ringdown/core/agent'
import type { LiveContactStore } from '@ringdown/core/contact'
import type { Sql } from '@ringdown/db/postgres'
import type { MediaClient } from '@ringdown/media/client'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Bus } from './bus/bus.ts'
import type { Config } from './config.ts'

/**
 * What every part of the gateway stands on: connections, stores and the clock. Parts take what they need of it
 * (`Pick<Foundation, 'sql' | 'clock'>`), so that a test can build just that.
 */
export type Foundation = {
  config: Config
  log: Logger
  sql: Sql
  redis: Redis
  bus: Bus
  agents: AgentStore
  acd: AcdStore
  live: LiveContactStore
  media: MediaClient
  /** Milliseconds since the epoch. */
  clock: () => number
  /** A new UUID; brand it by the schema of its kind. */
  newId: () => string
}
