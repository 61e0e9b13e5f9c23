import type { UserId } from '@ringdown/core/kernel'
import type { Actor } from '../commands/handlers.ts'
import { mayActAs } from './roles.ts'

/** A recording is heard by supervisors, and by the agent who spoke in it. */
export const mayHearRecording = (actor: Actor, speaker: UserId): boolean =>
  actor.userId === speaker || mayActAs(actor.role, 'supervisor')
