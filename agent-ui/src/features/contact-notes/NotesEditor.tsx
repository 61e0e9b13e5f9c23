import type { ContactId } from '@ringdown/core/kernel'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/index.ts'
import { useNotes } from './use-notes.ts'

const words = { saved: 'notesSaved', saving: 'notesSaving', kept: 'notesKept' } as const

/** Where the agent writes while listening. */
export function NotesEditor({
  contactId,
  serverText,
  focus,
}: {
  contactId: ContactId
  serverText: string
  focus: boolean
}) {
  const { t } = useTranslation()
  const { text, write, state } = useNotes(contactId, serverText)
  return (
    <Panel
      title={t('desk.call.notes')}
      extra={
        <small style={{ color: state === 'kept' ? 'var(--c-wrap-up)' : 'var(--c-ink-3)' }} role="status">
          {text && t(`desk.call.${words[state]}`)}
        </small>
      }
    >
      <Input.TextArea
        data-testid="notes"
        aria-label={t('desk.call.notes')}
        placeholder={t('desk.call.notesPlaceholder')}
        autoFocus={focus}
        autoSize={{ minRows: 5, maxRows: 12 }}
        maxLength={10_000}
        variant="borderless"
        style={{ padding: 0 }}
        value={text}
        onChange={(e) => write(e.target.value)}
      />
    </Panel>
  )
}
