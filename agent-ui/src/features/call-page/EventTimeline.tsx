import {
  AudioOutlined,
  BranchesOutlined,
  EditOutlined,
  GlobalOutlined,
  HourglassOutlined,
  PauseOutlined,
  PhoneOutlined,
  PoweroffOutlined,
  StarOutlined,
  SwapOutlined,
  TagOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { ContactEvent, ContactEventType } from '@ringdown/core/events'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../i18n/index.ts'
import { clockTime, formatDuration, Panel } from '../../ui/index.ts'
import css from './call-page.module.css'
import { useEventText } from './use-event-text.ts'

const icons: Record<ContactEventType, ReactNode> = {
  contact_started: <PhoneOutlined />,
  language_chosen: <GlobalOutlined />,
  ivr_entered: <BranchesOutlined />,
  ivr_step: <BranchesOutlined />,
  caller_matched: <UserOutlined />,
  queue_entered: <HourglassOutlined />,
  offer_made: <PhoneOutlined />,
  offer_ended: <PhoneOutlined />,
  queue_entry_ended: <HourglassOutlined />,
  segment_started: <UserOutlined />,
  segment_held: <PauseOutlined />,
  segment_resumed: <PhoneOutlined />,
  segment_ended: <UserOutlined />,
  contact_transferred: <SwapOutlined />,
  recording_started: <AudioOutlined />,
  recording_ended: <AudioOutlined />,
  survey_sent: <StarOutlined />,
  survey_answered: <StarOutlined />,
  wrap_up_started: <EditOutlined />,
  wrap_up_ended: <EditOutlined />,
  notes_changed: <EditOutlined />,
  ticket_linked: <TagOutlined />,
  contact_ended: <PoweroffOutlined />,
}

/** What happened, in words, to the second. */
export function EventTimeline({ events }: { events: readonly ContactEvent[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const textOf = useEventText()
  const start = events[0]?.at ?? 0
  return (
    <Panel title={t('records.contact.timeline')}>
      <ol className={css.events}>
        {events.map((event) => (
          <li key={event.eventId}>
            <time title={clockTime(event.at, language)}>{formatDuration(event.at - start)}</time>
            {icons[event.type]}
            <span>{textOf(event)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
