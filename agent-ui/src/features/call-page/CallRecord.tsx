import type { ContactView } from '@ringdown/core/contract'
import type { ContactId } from '@ringdown/core/kernel'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useApi } from '../../api/index.ts'
import { useLanguage } from '../../i18n/index.ts'
import { Empty, exactTime, formatDuration, Lines, LoadFailed, Panel, PhoneNumber } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { TicketLines } from '../tickets/index.ts'
import { CourseChart } from './CourseChart.tsx'
import css from './call-page.module.css'
import { EventTimeline } from './EventTimeline.tsx'
import { RecordingPlayer } from './RecordingPlayer.tsx'
import { SipLadder } from './SipLadder.tsx'
import { SurveyPanel } from './SurveyPanel.tsx'
import { WhyPanel } from './WhyPanel.tsx'

/** A call, later: its course, what was said, what came of it, and the signalling. */
export function CallRecord({ contactId }: { contactId: ContactId }) {
  const { t } = useTranslation()
  const contact = useApi('readContact', { params: { contactId } })
  if (contact.isError) return <LoadFailed error={contact.error} retry={() => void contact.refetch()} />
  if (!contact.data) return <Lines count={10} />
  const { data } = contact
  return (
    <>
      <Summary contact={data} />
      <div className={css.columns}>
        <div>
          <CourseChart events={data.events} running={data.summary.endedAt === null} />
          <Panel title={t('records.contact.recording')}>
            {data.recordings.length === 0 && <Empty>{t('records.contact.noRecording')}</Empty>}
            {data.recordings.map((recording) => (
              <RecordingPlayer key={recording.id} recording={recording} />
            ))}
          </Panel>
          <WhyPanel contactId={contactId} />
          <SipLadder contactId={contactId} />
        </div>
        <div>
          <Panel title={t('records.contact.notes')}>
            {data.notes ? <p className={css.notes}>{data.notes}</p> : <Empty>{t('records.contact.noNotes')}</Empty>}
          </Panel>
          <Panel title={t('records.contact.tickets')} flush>
            {data.tickets.length === 0 ? (
              <Empty>{t('records.contact.noTickets')}</Empty>
            ) : (
              <TicketLines tickets={data.tickets} />
            )}
          </Panel>
          <SurveyPanel surveys={data.surveys} />
          <EventTimeline events={data.events} />
        </div>
      </div>
    </>
  )
}

function Summary({ contact: { summary, termination } }: { contact: ContactView }) {
  const { t } = useTranslation()
  const { local, word, disposition } = useWords()
  const language = useLanguage()
  const facts = [
    [t('records.contacts.startedAt'), exactTime(summary.startedAt, language)],
    [t('records.contacts.queue'), summary.queue ? local(summary.queue) : '–'],
    [t('records.contacts.agent'), summary.agent?.name ?? '–'],
    [t('records.contacts.outcome'), summary.outcome ? word('outcome', summary.outcome) : '–'],
    [t('records.contacts.waited'), summary.waitedMs === null ? '–' : formatDuration(summary.waitedMs)],
    [t('records.contacts.talk'), summary.talkMs === null ? '–' : formatDuration(summary.talkMs)],
    [t('records.contacts.disposition'), disposition(summary.disposition) || '–'],
  ] as const
  return (
    <header className={css.summary}>
      <h1>
        {summary.customer ? (
          <Link to={`/customers/${summary.customer.id}`}>{summary.customer.name}</Link>
        ) : (
          (summary.personName ?? t('desk.pop.unknownCaller'))
        )}
        <span>
          {summary.customer && summary.personName} <PhoneNumber value={summary.number} />
        </span>
        <em data-running={summary.endedAt === null || undefined}>
          {summary.endedAt === null
            ? t('records.contact.running')
            : termination &&
              t('records.contact.ended', {
                party: word('party', termination.party),
                reason: word('reason', termination.reason),
              })}
        </em>
      </h1>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  )
}
