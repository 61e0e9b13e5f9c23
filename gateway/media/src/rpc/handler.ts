import type { Logger } from 'pino'
import type { z } from 'zod'
import type { MediaConfig } from '../config.ts'
import type { TickEngine } from '../engine.ts'
import type { MusicLibrary } from '../prompts/music-library.ts'
import type { PromptLibrary } from '../prompts/prompt-library.ts'
import type { MethodName, MethodResult, methods } from '../protocol/methods.ts'
import type { PortPool } from '../rtp/ports.ts'
import type { Switchboard } from '../switchboard.ts'
import type { Owners } from './owners.ts'

/** All that the methods work on. */
export type MediaContext = {
  config: MediaConfig
  engine: TickEngine
  switchboard: Switchboard
  owners: Owners
  ports: PortPool
  prompts: PromptLibrary
  music: MusicLibrary
  startedAt: number
  log: Logger
}

/** Parameters after parsing. */
export type ParsedParams<M extends MethodName> = z.output<(typeof methods)[M]['params']>

/** Does one method for an owner. Throws MediaError to refuse. */
export type Handler<M extends MethodName> = (
  params: ParsedParams<M>,
  context: MediaContext,
  owner: string,
) => MethodResult<M> | Promise<MethodResult<M>>
