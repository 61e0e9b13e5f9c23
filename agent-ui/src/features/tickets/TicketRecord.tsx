import type { TicketView } from '@ringdown/core/contract'
import type { TicketId } from '@ringdown/core/kernel'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, isRefusal, keyOf, outdate, queryClient, useApi } from '../../api/index.ts'
import { Empty, failureText, Lines, LoadFailed, Panel, toast } from '../../ui/index.ts'
import { ContactLines } from '../contacts/index.ts'
import { Conversation } from './Conversation.tsx'
import { DueTime } from './DueTime.tsx'
import { PriorityWord, StateWord } from './StateWord.tsx'
import { TicketDetails } from './TicketDetails.tsx'
import { ticketDeeds } from './ticket-deeds.ts'
import css from './tickets.module.css'

export type TicketChanges = Partial<
  Pick<TicketView, 'subject' | 'state' | 'priority' | 'category' | 'assigneeId' | 'customerId' | 'dueAt'>
>

/** A ticket: what it is about, what was said, what to do next. */
export function TicketRecord({ ticketId }: { ticketId: TicketId }) {
  const { t } = useTranslation()
  const ticket = useApi('readTicket', { params: { ticketId } })
  if (ticket.isError) return <LoadFailed error={ticket.error} retry={() => void ticket.refetch()} />
  if (!ticket.data) return <Lines count={10} />
  const { data } = ticket

  async function change(changes: TicketChanges) {
    try {
      const saved = await api('changeTicket', { params: { ticketId }, body: { ...changes, version: data.version } })
      queryClient.setQueryData(keyOf('readTicket', { params: { ticketId } }), saved)
      void outdate('listTickets')
    } catch (error) {
      if (isRefusal(error, 'stale')) void outdate('readTicket')
      toast('error', failureText(t, error))
    }
  }
  return (
    <>
      <header className={css.head}>
        <div>
          <h1 className={css.number}>{data.number}</h1>
          <StateWord state={data.state} />
          <PriorityWord priority={data.priority} />
          <DueTime ticket={data} />
          <span className={css.deeds}>
            {ticketDeeds(data.state).map(({ deed, to }) => (
              <Button
                key={deed}
                {...(deed === 'solve' ? { type: 'primary' as const } : {})}
                onClick={() => void change({ state: to })}
              >
                {t(`records.tickets.deed.${deed}`)}
              </Button>
            ))}
          </span>
        </div>
        <Subject key={data.subject} subject={data.subject} onSave={(subject) => void change({ subject })} />
      </header>
      <div className={css.columns}>
        <Conversation ticket={data} />
        <div>
          <TicketDetails ticket={data} onChange={(changes) => void change(changes)} />
          <Panel title={`${t('records.tickets.calls')} ${data.contacts.length || ''}`} flush>
            {data.contacts.length === 0 ? (
              <Empty>{t('records.tickets.noCalls')}</Empty>
            ) : (
              <ContactLines contacts={data.contacts} />
            )}
          </Panel>
        </div>
      </div>
    </>
  )
}

function Subject({ subject, onSave }: { subject: string; onSave: (subject: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(subject)
  const save = () => {
    const next = text.trim()
    if (next && next !== subject) onSave(next)
    else setText(subject)
  }
  return (
    <Input
      className={css.subject as string}
      variant="borderless"
      aria-label={t('records.tickets.subject')}
      maxLength={300}
      value={text}
      onChange={(e) => setText(e.target.value)}
      onBlur={save}
      onPressEnter={(e) => e.currentTarget.blur()}
      onKeyDown={(e) => {
        if (e.key === 'Escape') setText(subject)
      }}
    />
  )
}
