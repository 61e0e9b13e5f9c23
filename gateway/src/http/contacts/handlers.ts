import { err, ok } from '@ringdown/core/kernel'
import { findContactView, findLadder, findPeaks, findRecording, listContacts } from '@ringdown/db/postgres'
import type { Foundation } from '../../foundation.ts'
import { mayHearRecording } from '../../policies/recordings.ts'
import { mayActAs } from '../../policies/roles.ts'
import type { Views } from '../../socket/publish.ts'
import type { OperationHandlers } from '../operation-handlers.ts'
import { notFound } from '../refusals.ts'

type ContactOperations = Pick<
  OperationHandlers,
  'listContacts' | 'readContact' | 'readLadder' | 'readPeaks' | 'readBoard'
>

export function contactHandlers({ sql, views }: Pick<Foundation, 'sql'> & { views: Views }): ContactOperations {
  return {
    /** Agents list their own contacts; what a customer had with others they see on the customer's page. */
    async listContacts({ query }, caller) {
      const own = mayActAs(caller.role, 'supervisor') ? {} : { agentId: caller.userId }
      return ok(await listContacts(sql, { ...query, ...own }))
    },

    async readContact({ params }) {
      const view = await findContactView(sql, params.contactId)
      return view ? ok(view) : err(notFound('contact'))
    },

    async readLadder({ params }) {
      const messages = await findLadder(sql, params.contactId)
      return ok({ messages: messages ?? [], available: messages !== undefined })
    },

    async readPeaks({ params }, caller) {
      const recording = await findRecording(sql, params.recordingId)
      if (!recording) return err(notFound('recording'))
      if (!(await mayHearRecording(sql, caller, recording.contactId))) {
        return err({ code: 'forbidden', message: 'Recordings are heard by supervisors and by the agent who spoke.' })
      }
      const peaks = await findPeaks(sql, params.recordingId)
      if (!peaks) {
        return err({ code: 'not_ready', message: 'The recording is still being prepared; try again in a moment.' })
      }
      return ok(peaks)
    },

    readBoard: async () => ok(await views.composeBoard()),
  }
}
