import type { ContactEvent } from '@ringdown/core/events'
import { never } from '@ringdown/core/kernel'
import { useTranslation } from 'react-i18next'
import { formatDuration, formatPhone } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'

/** Every event of a contact in a sentence. */
export function useEventText(): (event: ContactEvent) => string {
  const { t } = useTranslation()
  const { word, local, queue, agent, disposition } = useWords()
  return (event) => {
    switch (event.type) {
      case 'contact_started': {
        const ends = { from: formatPhone(event.number ?? event.from), to: event.to }
        return event.trunk
          ? t('records.event.contact_started_on', { ...ends, trunk: event.trunk.name })
          : t('records.event.contact_started', ends)
      }
      case 'language_chosen':
        return t('records.event.language_chosen', { language: word('language', event.language) })
      case 'ivr_entered':
        return t('records.event.ivr_entered', { version: event.version })
      case 'ivr_step': {
        const label = local(event.step.label)
        return event.step.keyed
          ? t('records.event.ivr_keyed', { label, keyed: event.step.keyed })
          : t('records.event.ivr_step', { label })
      }
      case 'caller_matched': {
        const { match } = event
        if (match.kind === 'none') return t('records.event.matched_none')
        if (match.kind === 'many') return t('records.event.matched_many', { count: match.candidates.length })
        const { personName, customerName } = match.candidate
        return t('records.event.matched_one', {
          name: [customerName, personName].filter(Boolean).join(' · '),
          by: t(`records.event.by.${event.by}`),
        })
      }
      case 'queue_entered':
        return t('records.event.queue_entered', { queue: queue(event.queueId) })
      case 'offer_made':
        return t('records.event.offer_made', { agent: agent(event.agentId) })
      case 'offer_ended':
        return t('records.event.offer_ended', { agent: agent(event.agentId), outcome: word('offer', event.outcome) })
      case 'queue_entry_ended':
        return t('records.event.queue_entry_ended', {
          outcome: word('outcome', event.outcome),
          time: formatDuration(event.waitedMs),
        })
      case 'segment_started':
        return t('records.event.segment_started', { agent: agent(event.agentId) })
      case 'segment_held':
        return t('records.event.segment_held')
      case 'segment_resumed':
        return t('records.event.segment_resumed')
      case 'segment_ended':
        return t('records.event.segment_ended', {
          agent: agent(event.agentId),
          by: word('party', event.by),
          reason: word('reason', event.reason),
        })
      case 'contact_transferred':
        return t('records.event.contact_transferred', {
          agent: agent(event.agentId),
          to: event.to.kind === 'agent' ? agent(event.to.agentId) : queue(event.to.queueId),
        })
      case 'recording_started':
        return t('records.event.recording_started')
      case 'recording_ended':
        return event.failed
          ? t('records.event.recording_failed')
          : t('records.event.recording_ended', { time: formatDuration(event.durationMs) })
      case 'survey_sent':
        return t(`records.event.survey_sent_${event.trigger}`)
      case 'survey_answered':
        return t(`records.event.survey_${event.question}`, { score: event.score })
      case 'wrap_up_started':
        return t('records.event.wrap_up_started', { agent: agent(event.agentId) })
      case 'wrap_up_ended':
        return event.disposition
          ? t('records.event.wrap_up_ended', { disposition: disposition(event.disposition) })
          : t('records.event.wrap_up_over')
      case 'notes_changed':
        return t('records.event.notes_changed', { agent: agent(event.agentId) })
      case 'ticket_linked':
        return t('records.event.ticket_linked')
      case 'contact_ended':
        return t('records.event.contact_ended', {
          party: word('party', event.termination.party),
          reason: word('reason', event.termination.reason),
        })
      default:
        return never(event)
    }
  }
}
