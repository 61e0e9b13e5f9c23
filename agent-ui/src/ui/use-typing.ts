import { useSyncExternalStore } from 'react'
import { isTextField } from './text-field.ts'

const changes = ['focusin', 'focusout'] as const

/** Whether a text field has the focus: then letters are text, and the keys are those with Alt. */
export const useTyping = (): boolean => useSyncExternalStore(subscribe, () => isTextField(document.activeElement))

function subscribe(listener: () => void): () => void {
  for (const change of changes) document.addEventListener(change, listener)
  return () => {
    for (const change of changes) document.removeEventListener(change, listener)
  }
}
