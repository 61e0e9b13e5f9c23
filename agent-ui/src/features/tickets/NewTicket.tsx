import type { CustomerId } from '@ringdown/core/kernel'
import type { TicketInput } from '@ringdown/core/ticket'
import { Button, Drawer, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api, outdate } from '../../api/index.ts'
import { Field, failureText, toast, useDraft } from '../../ui/index.ts'
import { useMe } from '../session/index.ts'
import { TicketFields } from '../ticket-draft/index.ts'
import { CustomerSelect } from './CustomerSelect.tsx'
import css from './tickets.module.css'

type Values = Pick<TicketInput, 'subject' | 'category' | 'priority' | 'assigneeId' | 'customerId'> & { note: string }

/** A ticket without a call; the draft survives navigation and reload. */
export function NewTicket({ customerId, onClose }: { customerId: CustomerId | null; onClose: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const [draft, setDraft, dropDraft] = useDraft<Values>(`new-ticket:${customerId ?? ''}`)
  const values: Values = draft ?? {
    subject: '',
    category: 'inquiry',
    priority: 'normal',
    assigneeId: me.id,
    customerId,
    note: '',
  }
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function save(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    try {
      const ticket = await api('createTicket', { body: { ...values, personId: null, contactId: null, dueAt: null } })
      dropDraft()
      void outdate('listTickets', 'listCustomerTickets')
      toast('success', t('records.tickets.created', { number: ticket.number }))
      navigate(`/tickets/${ticket.id}`)
    } catch (error) {
      setFailure(failureText(t, error))
      setBusy(false)
    }
  }
  return (
    <Drawer
      open
      size={520}
      title={t('records.tickets.create')}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          <Button
            onClick={() => {
              dropDraft()
              onClose()
            }}
          >
            {t('frame.say.cancel')}
          </Button>
          <Button type="primary" htmlType="submit" form="new-ticket" loading={busy} disabled={!values.subject.trim()}>
            {t('frame.say.save')}
          </Button>
        </div>
      }
    >
      <form id="new-ticket" className={css.form} onSubmit={save}>
        {failure && (
          <p className={css.failure} role="alert">
            {failure}
          </p>
        )}
        <Field label={t('records.tickets.customer')}>
          <CustomerSelect value={values.customerId} onChange={(id) => setDraft({ ...values, customerId: id })} />
        </Field>
        <TicketFields
          values={values}
          onChange={({ subject = values.subject, category = values.category, priority = values.priority, ...rest }) =>
            setDraft({
              ...values,
              subject,
              category,
              priority,
              assigneeId: rest.assigneeId === undefined ? values.assigneeId : rest.assigneeId,
            })
          }
        />
        <Field label={t('desk.wrapUp.note')}>
          <Input.TextArea
            autoSize={{ minRows: 4 }}
            maxLength={20_000}
            value={values.note}
            onChange={(e) => setDraft({ ...values, note: e.target.value })}
          />
        </Field>
      </form>
    </Drawer>
  )
}
