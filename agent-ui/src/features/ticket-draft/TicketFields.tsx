import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/index.ts'
import { useCatalogue, useWords } from '../catalogue/index.ts'
import { Choice } from './Choice.tsx'
import { categories, priorities } from './ticket-words.evaluated.ts'
import type { TicketEdits } from './use-ticket-draft.ts'

type Values = Required<Pick<TicketEdits, 'subject' | 'category' | 'priority'>> & Pick<TicketEdits, 'assigneeId'>

/** The few fields of a ticket that an agent decides with a caller in the ear. */
export function TicketFields({ values, onChange }: { values: Values; onChange: (changes: TicketEdits) => void }) {
  const { t } = useTranslation()
  const { word } = useWords()
  const { agents } = useCatalogue()
  return (
    <>
      <Field label={t('desk.wrapUp.subject')}>
        <Input
          data-testid="ticket-subject"
          value={values.subject}
          maxLength={300}
          status={values.subject.trim() ? '' : 'error'}
          onChange={(e) => onChange({ subject: e.target.value })}
        />
      </Field>
      <Choice
        name={t('desk.wrapUp.category')}
        value={values.category}
        options={categories.map((value) => ({ value, label: word('category', value) }))}
        onChange={(category) => onChange({ category })}
      />
      <Choice
        name={t('desk.wrapUp.priority')}
        value={values.priority}
        options={priorities.map((value) => ({ value, label: word('priority', value) }))}
        onChange={(priority) => onChange({ priority })}
      />
      <Field label={t('desk.wrapUp.assignee')}>
        <select
          value={values.assigneeId ?? ''}
          onChange={(e) => onChange({ assigneeId: (e.target.value || null) as never })}
        >
          <option value="">{t('desk.wrapUp.unassigned')}</option>
          {agents.map((agent) => (
            <option key={agent.id} value={agent.id}>
              {agent.name}
            </option>
          ))}
        </select>
      </Field>
    </>
  )
}
