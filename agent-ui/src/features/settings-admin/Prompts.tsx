import type { Prompt } from '@ringdown/core/contract'
import type { Language } from '@ringdown/core/kernel'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/index.ts'
import { Empty, Lines, LoadFailed, Panel } from '../../ui/index.ts'
import { PromptVoice } from './PromptVoice.tsx'
import css from './settings.module.css'

const LANGUAGES = ['zh', 'en'] as const satisfies Language[]

/** What callers hear: listen to it, and replace the synthesised voice by a recording. */
export function Prompts() {
  const { t } = useTranslation()
  const prompts = useApi('listPrompts', undefined)
  const [search, setSearch] = useState('')
  if (prompts.isError) return <LoadFailed error={prompts.error} retry={() => void prompts.refetch()} />
  const shown = prompts.data?.filter((prompt) => matches(prompt, search.trim().toLowerCase()))
  return (
    <Panel
      title={`${t('settings.prompts')} ${shown?.length ?? ''}`}
      flush
      extra={
        <Input
          className={css.search ?? ''}
          size="small"
          allowClear
          value={search}
          placeholder={t('settings.prompt.search')}
          aria-label={t('settings.prompt.search')}
          onChange={(e) => setSearch(e.target.value)}
        />
      }
    >
      {!shown ? (
        <Lines count={8} />
      ) : shown.length === 0 ? (
        <Empty>{t('settings.prompt.none')}</Empty>
      ) : (
        <table className={css.table}>
          <thead>
            <tr>
              <th>{t('settings.prompt.key')}</th>
              {LANGUAGES.map((language) => (
                <th key={language}>{t(`settings.prompt.${language}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((prompt) => (
              <tr key={prompt.key}>
                <td className={css.code}>{prompt.key}</td>
                {LANGUAGES.map((language) => (
                  <td key={language}>
                    <PromptVoice prompt={prompt} language={language} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

const matches = ({ key, text }: Prompt, wanted: string): boolean =>
  [key, text.zh, text.en].some((words) => words.toLowerCase().includes(wanted))
