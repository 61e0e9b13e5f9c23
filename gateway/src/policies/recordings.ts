import type { ContactId } from '@ringdown/core/kernel'
import { type ISql, wasOnContact } from '@ringdown/db/postgres'
import type { Actor } from '../commands/handlers.ts'
import { mayActAs } from './roles.ts'

/** A recording is heard by supervisors, and by agents who spoke on its contact. */
export const mayHearRecording = async (sql: ISql, actor: Actor, contactId: ContactId): Promise<boolean> =>
  mayActAs(actor.role, 'supervisor') || wasOnContact(sql, contactId, actor.userId)
