import type { Logger } from 'pino'
import type { z } from 'zod'
import type { MediaConfig } from '../config.ts'
import type { MusicLibrary } from '../prompts/music-library.ts'
import type { PromptLibrary } from '../prompts/prompt-library.ts'
import type { Emit } from '../protocol/events.ts'
import type { MethodName, MethodResult, methods } from '../protocol/methods.ts'
import type { PortSource } from '../rtp/ports.ts'
import type { Switchboard } from '../switchboard.ts'

/** All that the methods work on: one thread's calls. */
export type PlaceContext = {
  config: MediaConfig
  switchboard: Switchboard
  ports: PortSource
  prompts: PromptLibrary
  music: MusicLibrary
  log: Logger
  /** The way to tell an owner. */
  emitTo(owner: string): Emit
}

/** Parameters after parsing. */
export type ParsedParams<M extends MethodName> = z.output<(typeof methods)[M]['params']>

/** Does one method for an owner. Throws MediaError to refuse. */
export type Handler<M extends MethodName> = (
  params: ParsedParams<M>,
  context: PlaceContext,
  owner: string,
) => MethodResult<M> | Promise<MethodResult<M>>
