import type { Localized } from '@ringdown/core/kernel'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../i18n/index.ts'
import { useCatalogue } from './use-catalogue.ts'

type Kind =
  | 'state'
  | 'outcome'
  | 'offer'
  | 'party'
  | 'reason'
  | 'ticketState'
  | 'priority'
  | 'category'
  | 'role'
  | 'language'
  | 'device'
  | 'direction'

/** The trade's words in the reader's language; a word the catalogue does not know is shown as it came. */
export function useWords() {
  const { i18n } = useTranslation()
  const language = useLanguage()
  const { queues, agents, dispositions } = useCatalogue()
  return {
    word: (kind: Kind, value: string): string => {
      const key = `words.${kind}.${value}`
      return i18n.exists(key) ? String(i18n.t(key as never)) : value
    },
    local: (text: Localized): string => text[language],
    queue: (id: string | null): string => queues.find((q) => q.id === id)?.name[language] ?? '',
    agent: (id: string | null): string => agents.find((a) => a.id === id)?.name ?? '',
    disposition: (key: string | null): string => dispositions.find((d) => d.key === key)?.name[language] ?? key ?? '',
  }
}
