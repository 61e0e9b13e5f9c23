import type { PopView } from '@ringdown/core/contract'
import type { ContactId } from '@ringdown/core/kernel'
import { draftFromContact } from '@ringdown/core/ticket'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '../../ui/index.ts'
import { useCatalogue } from '../catalogue/index.ts'
import { callerTitle } from '../pop/index.ts'
import { useMe } from '../session/index.ts'
import { TicketFields, useTicketDraft } from '../ticket-draft/index.ts'
import css from './live-call.module.css'

/** The ticket the system will draft from this call, open to the agent's edits before the call is over. */
export function DraftPanel({ contactId, pop }: { contactId: ContactId; pop: PopView }) {
  const { t } = useTranslation()
  const me = useMe()
  const { queues } = useCatalogue()
  const { edits, change } = useTicketDraft(contactId)
  const key = queues.find((q) => q.id === pop.queue?.id)?.key
  const draft = draftFromContact({
    language: pop.language,
    customerId: pop.customer?.id ?? null,
    personId: null,
    callerName: callerTitle(pop).name ?? formatPhone(pop.caller.number),
    queue: pop.queue && key ? { key, name: pop.queue.name } : null,
    agentId: me.id,
  })
  return (
    <div className={css.draft}>
      <TicketFields values={{ ...draft, ...edits }} onChange={change} />
      <small>{t('desk.call.ticketHint')}</small>
    </div>
  )
}
