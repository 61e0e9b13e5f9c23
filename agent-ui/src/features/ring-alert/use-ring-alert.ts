import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { useDesk } from '../desk-state/index.ts'
import { notify } from './notification.ts'
import { ringOutput } from './output.ts'
import { ring } from './ring-sound.ts'
import { flashTitle } from './title-flash.ts'

/** Sound, desktop notification and title while a contact is offered. Once per page. */
export function useRingAlert(): void {
  const { t } = useTranslation()
  const { view } = useDesk()
  const { local } = useWords()
  const offer = view?.offer ?? null
  const offerId = offer?.offerId
  const busy = view?.call != null
  const name = offer?.pop.customer?.name ?? offer?.pop.caller.name ?? t('desk.pop.unknownCaller')
  const number = offer ? formatPhone(offer.pop.caller.number) : ''
  const queue = offer?.pop.queue ? local(offer.pop.queue.name) : ''
  useEffect(() => {
    if (!offerId) return
    const stops = [
      ring(() => ringOutput(busy)),
      notify(`${name}  ${number}`, queue, offerId),
      flashTitle(`☎ ${name} · ${number}`),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [offerId, busy, name, number, queue])
}
