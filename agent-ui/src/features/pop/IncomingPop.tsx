import type { OfferView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { useDesk } from '../desk-state/index.ts'
import { CallerIdentity } from './CallerIdentity.tsx'
import { CustomerColumn, OpenTicketsPanel, TimelinePanel } from './CallerRecord.tsx'
import { IvrPath } from './IvrPath.tsx'
import { OfferActions } from './OfferActions.tsx'
import css from './pop.module.css'
import { QueueWait } from './QueueWait.tsx'
import { TransferNote } from './TransferNote.tsx'

/** Everything known of the caller, before the answer. */
export function IncomingPop({ offer }: { offer: OfferView }) {
  const { t } = useTranslation()
  const { offsetMs } = useDesk()
  const { pop } = offer
  return (
    <section className={css.incoming} data-testid="incoming-pop" aria-label={t('desk.pop.incoming')}>
      <header>
        <div className={css.headline}>
          <CallerIdentity pop={pop} />
          <div className={css.route}>
            <QueueWait pop={pop} offsetMs={offsetMs} />
            <IvrPath pop={pop} />
          </div>
        </div>
        <OfferActions offer={offer} />
      </header>
      <TransferNote pop={pop} />
      <div className={css.columns}>
        <CustomerColumn pop={pop} />
        <TimelinePanel pop={pop} />
        <OpenTicketsPanel pop={pop} />
      </div>
    </section>
  )
}
