import type { Me } from '@ringdown/core/contract'
import { createContext, useContext } from 'react'
import { api, keyOf, queryClient, setCsrfToken } from '../../api/index.ts'
import { switchLanguage } from '../../i18n/index.ts'
import { closeConnection, openConnection } from '../../realtime/index.ts'
import { chooseTheme } from './appearance.ts'

export const MeContext = createContext<Me | null>(null)

/** Who is signed in; only below `SessionGate`. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe outside of SessionGate')
  return me
}

/** Takes on a session: its token, connection, language and theme. */
export async function adopt(me: Me): Promise<void> {
  setCsrfToken(me.csrfToken)
  chooseTheme(me.theme)
  await switchLanguage(me.language)
  queryClient.setQueryData(keyOf('me'), me)
  openConnection(me.csrfToken)
}

/** Leaves nothing of the session in this page. */
export function forget(): void {
  closeConnection()
  setCsrfToken(null)
  queryClient.clear()
}

export async function signOut(): Promise<void> {
  await api('signOut')
  forget()
}

/** Saves language, theme or time zone; what is on the page changes at once. */
export async function savePreferences(changes: Partial<Pick<Me, 'language' | 'theme' | 'timeZone'>>): Promise<void> {
  if (changes.theme) chooseTheme(changes.theme)
  if (changes.language) await switchLanguage(changes.language)
  queryClient.setQueryData<Me>(keyOf('me'), await api('savePreferences', { body: changes }))
}
