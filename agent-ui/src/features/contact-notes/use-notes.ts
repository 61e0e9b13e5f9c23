import type { ContactId } from '@ringdown/core/kernel'
import { useEffect, useRef, useState } from 'react'
import { command, useConnection } from '../../realtime/index.ts'
import { useDraft } from '../../ui/index.ts'

const PAUSE_MS = 700
export type NotesState = 'saved' | 'saving' | 'kept'

/** The notes of a contact: kept here at every key, sent when the hand pauses, sent again after a lost connection. */
export function useNotes(contactId: ContactId, serverText: string) {
  const [draft, setDraft, dropDraft] = useDraft<string>(`notes:${contactId}`)
  const [state, setState] = useState<NotesState>('saved')
  const connection = useConnection()
  const text = draft ?? serverText
  const latest = useRef(text)
  latest.current = text

  useEffect(() => {
    if (draft === undefined) return
    if (draft === serverText) {
      dropDraft()
      setState('saved')
      return
    }
    if (connection !== 'connected') {
      setState('kept')
      return
    }
    setState('saving')
    const timer = setTimeout(() => {
      command('call:write-notes', { contactId, text: draft }).catch(() => setState('kept'))
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [draft, serverText, connection, contactId, dropDraft])

  return { text, write: setDraft, state }
}
