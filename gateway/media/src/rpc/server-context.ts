import type { Logger } from 'pino'
import type { MediaConfig } from '../config.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { AlarmCount } from './alarms.ts'
import type { Owners } from './owners.ts'

/** What connections and metrics speak to: the whole server. */
export type ServerContext = {
  config: MediaConfig
  exchange: Exchange
  owners: Owners
  alarms: AlarmCount
  startedAt: number
  log: Logger
}
