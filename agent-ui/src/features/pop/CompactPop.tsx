import type { OfferView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { isTextField } from '../../ui/index.ts'
import { useDesk } from '../desk-state/index.ts'
import { CallerIdentity } from './CallerIdentity.tsx'
import { CustomerColumn, OpenTicketsPanel } from './CallerRecord.tsx'
import { IvrPath } from './IvrPath.tsx'
import { OfferActions } from './OfferActions.tsx'
import css from './pop.module.css'
import { QueueWait } from './QueueWait.tsx'
import { TransferNote } from './TransferNote.tsx'

/** The pop beside another page: the agent finishes the sentence he is writing, then answers. */
export function CompactPop({ offer }: { offer: OfferView }) {
  const { t } = useTranslation()
  const { offsetMs } = useDesk()
  const navigate = useNavigate()
  const { pop } = offer
  return (
    <section className={css.compact} data-testid="incoming-pop" aria-label={t('desk.pop.incoming')}>
      <CallerIdentity pop={pop} />
      <QueueWait pop={pop} offsetMs={offsetMs} />
      <IvrPath pop={pop} />
      <OfferActions
        offer={offer}
        onAnswered={() => {
          if (!isTextField(document.activeElement)) navigate('/')
        }}
      />
      <TransferNote pop={pop} />
      <OpenTicketsPanel pop={pop} />
      <CustomerColumn pop={pop} />
      <Link to="/">{t('desk.pop.viewAll')}</Link>
    </section>
  )
}
