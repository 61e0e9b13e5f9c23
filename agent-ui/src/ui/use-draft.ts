import { useCallback, useState } from 'react'

const PREFIX = 'ringdown.draft.'
const KEPT_MS = 7 * 86_400_000

type Stored = { at: number; value: unknown }

function read<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(PREFIX + key)
    return text === null ? undefined : ((JSON.parse(text) as Stored).value as T)
  } catch {
    return undefined
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), value } satisfies Stored))
  } catch {
    // A full or forbidden store costs the reload's safety, never the typing.
  }
}

/** Forgets a draft, once it is saved where it belongs. */
export const dropDraft = (key: string): void => localStorage.removeItem(PREFIX + key)

/** Forgets drafts of a week ago; called once at start. */
export function dropOldDrafts(now: number): void {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue
    const at = (JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Stored>).at ?? 0
    if (now - at > KEPT_MS) localStorage.removeItem(key)
  }
}

/**
 * What somebody is writing, kept on this computer: survives navigation, reload and a lost connection.
 * `undefined` until something was written.
 */
export function useDraft<T>(key: string) {
  const [state, setState] = useState(() => ({ key, draft: read<T>(key) }))
  if (state.key !== key) setState({ key, draft: read<T>(key) })
  const draft = state.key === key ? state.draft : read<T>(key)
  const setDraft = useCallback(
    (value: T) => {
      write(key, value)
      setState({ key, draft: value })
    },
    [key],
  )
  const drop = useCallback(() => {
    dropDraft(key)
    setState({ key, draft: undefined })
  }, [key])
  return [draft, setDraft, drop] as const
}
