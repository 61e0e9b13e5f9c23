import { useTranslation } from 'react-i18next'
import { useWords } from '../../features/catalogue/index.ts'
import { useDesk, workStateOf } from '../../features/desk-state/index.ts'
import { callerTitle } from '../../features/pop/index.ts'
import { formatPhone } from '../../ui/index.ts'

/**
 * Says to a screen reader what the eye sees at once: who calls (interrupting), and each new work state. It holds no clock,
 * so it speaks once per change.
 */
export function DeskAnnouncer() {
  const { t } = useTranslation()
  const { word, local } = useWords()
  const { view } = useDesk()
  const pop = view?.offer?.pop
  const { name, detail } = pop ? callerTitle(pop) : { name: null, detail: [] }
  const who = pop && [name ?? t('desk.pop.unknownCaller'), ...detail, formatPhone(pop.caller.number)].join(', ')
  const queue = pop?.queue ? local(pop.queue.name) : ''
  return (
    <div className="visually-hidden">
      <div role="alert">{who && t('desk.pop.announced', { who, queue })}</div>
      <div role="status">
        {view && word('state', workStateOf(view).name)}
        {view?.call?.muted && `, ${t('desk.call.muted')}`}
      </div>
    </div>
  )
}
