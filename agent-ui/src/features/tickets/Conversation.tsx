import type { TicketView } from '@ringdown/core/contract'
import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, outdate } from '../../api/index.ts'
import { Empty, failureText, KeyHint, Panel, TimeAgo, toast, useDraft } from '../../ui/index.ts'
import css from './tickets.module.css'

/** What was written and done, oldest first, and the next note or reply. */
export function Conversation({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<'note' | 'reply'>('note')
  const [text = '', setText, dropText] = useDraft<string>(`message:${ticket.id}`)
  const [busy, setBusy] = useState(false)

  async function send() {
    if (!text.trim() || busy) return
    setBusy(true)
    try {
      await api('addTicketMessage', { params: { ticketId: ticket.id }, body: { kind, text: text.trim() } })
      dropText()
      await outdate('readTicket')
    } catch (error) {
      toast('error', failureText(t, error))
    }
    setBusy(false)
  }
  return (
    <Panel title={t('records.tickets.conversation')}>
      {ticket.messages.length === 0 && <Empty>{t('records.tickets.noMessages')}</Empty>}
      <ol className={css.messages}>
        {ticket.messages.map((message) => (
          <li key={message.id} data-kind={message.kind}>
            <p>
              <b>{message.author.name}</b>
              {message.kind !== 'event' && <em>{t(`records.tickets.${message.kind}`)}</em>}
              <TimeAgo at={message.at} />
            </p>
            <div>{message.text}</div>
          </li>
        ))}
      </ol>
      <div className={css.write}>
        <Segmented
          value={kind}
          options={(['note', 'reply'] as const).map((value) => ({ value, label: t(`records.tickets.${value}`) }))}
          onChange={setKind}
        />
        <Input.TextArea
          aria-label={t(`records.tickets.${kind}`)}
          placeholder={t(kind === 'note' ? 'records.tickets.notePlaceholder' : 'records.tickets.replyPlaceholder')}
          autoSize={{ minRows: 3, maxRows: 12 }}
          maxLength={20_000}
          value={text}
          onChange={(e) => setText(e.target.value)}
          onKeyDown={(e) => {
            if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) void send()
          }}
        />
        <Button type="primary" loading={busy} disabled={!text.trim()} onClick={() => void send()}>
          {t('records.tickets.send')} <KeyHint keys="Ctrl ⏎" />
        </Button>
      </div>
    </Panel>
  )
}
