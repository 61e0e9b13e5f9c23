import type { WrapUpView } from '@ringdown/core/contract'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { command } from '../../realtime/index.ts'
import { dropDraft, Field, failureText, KeyHint, Panel, toast, useDraft } from '../../ui/index.ts'
import { useCatalogue, useWords } from '../catalogue/index.ts'
import { useNotes } from '../contact-notes/index.ts'
import { useDesk } from '../desk-state/index.ts'
import { CallerIdentity, IvrPath, QueueWait } from '../pop/index.ts'
import { useShortcut } from '../shortcuts/index.ts'
import { ColleagueSaved, TicketFields, ticketOf, useTicketDraft } from '../ticket-draft/index.ts'
import { Dispositions } from './Dispositions.tsx'
import { FollowUp } from './FollowUp.tsx'
import { TimeLeft } from './TimeLeft.tsx'
import css from './wrap-up.module.css'

/** After the call: what it was, the ticket it leaves, and back to the queue by one key. */
export function WrapUp({ wrapUp }: { wrapUp: WrapUpView }) {
  const { t } = useTranslation()
  const { word } = useWords()
  const { view } = useDesk()
  const { dispositions } = useCatalogue()
  const { contactId, pop } = wrapUp
  const [disposition, setDisposition, dropDisposition] = useDraft<string>(`disposition:${contactId}`)
  const { text: notes } = useNotes(contactId, wrapUp.notes)
  const { edits, change, drop } = useTicketDraft(contactId)
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const wanted = edits.wanted ?? true
  const ticket = ticketOf(wrapUp, edits, notes)
  const next = view?.agent?.status.next ?? null

  async function save() {
    if (busy) return
    if (!disposition) return setFailure(t('desk.wrapUp.dispositionMissing'))
    setBusy(true)
    setFailure(null)
    try {
      const { ticketNumber } = await command('wrap-up:complete', {
        contactId,
        disposition,
        ticket: wanted ? ticket : null,
        next: next ?? { status: 'available' },
      })
      dropDisposition()
      drop()
      dropDraft(`notes:${contactId}`)
      dropDraft(`customer:${contactId}`)
      toast(
        'success',
        ticketNumber ? t('desk.wrapUp.savedTicket', { number: ticketNumber }) : t('desk.wrapUp.savedNoTicket'),
      )
    } catch (error) {
      setFailure(failureText(t, error))
    }
    setBusy(false)
  }
  useShortcut('complete', () => void save())

  return (
    <section className={css.page} data-testid="wrap-up" aria-label={t('desk.wrapUp.title')}>
      <header>
        <TimeLeft wrapUp={wrapUp} />
        <div className={css.caller}>
          <CallerIdentity pop={pop} />
          <div className={css.route}>
            <QueueWait pop={pop} />
            <IvrPath pop={pop} />
          </div>
        </div>
        <div className={css.save}>
          <Button data-testid="save-wrap-up" type="primary" size="large" loading={busy} onClick={() => void save()}>
            {!next || next.status === 'available'
              ? t('desk.wrapUp.complete')
              : t('desk.wrapUp.completeKeep', { state: word('state', next.reason) })}
            <KeyHint keys="Ctrl ⏎" />
          </Button>
          <p role="alert">{failure}</p>
        </div>
      </header>
      <div className={css.columns}>
        <Panel title={t('desk.wrapUp.disposition')} extra={<small>{t('desk.wrapUp.dispositionHint')}</small>}>
          <Dispositions
            all={dispositions}
            value={disposition}
            onChoose={(key) => {
              setDisposition(key)
              setFailure(null)
            }}
          />
        </Panel>
        <Panel
          title={t('desk.wrapUp.ticket')}
          extra={
            <Checkbox checked={wanted} onChange={(e) => change({ wanted: e.target.checked })}>
              {t('desk.wrapUp.withTicket')}
            </Checkbox>
          }
        >
          <fieldset className={css.ticket} disabled={!wanted}>
            <ColleagueSaved ticket={wrapUp.savedTicket} />
            <TicketFields values={ticket} onChange={change} />
            <Field label={t('desk.wrapUp.note')}>
              <Input.TextArea
                value={ticket.note}
                autoSize={{ minRows: 4, maxRows: 10 }}
                maxLength={20_000}
                onChange={(e) => change({ note: e.target.value })}
              />
            </Field>
            <FollowUp value={edits.followUp} onChange={(followUp) => change({ followUp })} />
            <Checkbox checked={ticket.solved} onChange={(e) => change({ solved: e.target.checked })}>
              {t('desk.wrapUp.solved')}
            </Checkbox>
          </fieldset>
        </Panel>
      </div>
    </section>
  )
}
