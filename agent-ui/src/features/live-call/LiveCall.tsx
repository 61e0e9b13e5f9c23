import type { CallView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/index.ts'
import { NotesEditor } from '../contact-notes/index.ts'
import {
  CallerIdentity,
  CustomerColumn,
  IvrPath,
  OpenTicketsPanel,
  QueueWait,
  TimelinePanel,
  TransferNote,
} from '../pop/index.ts'
import { DraftPanel } from './DraftPanel.tsx'
import css from './live-call.module.css'

/** The call page while talking: who it is, where to write, and the ticket that grows beside it. */
export function LiveCall({ call }: { call: CallView }) {
  const { t } = useTranslation()
  const { pop } = call
  return (
    <div className={css.page} data-testid="live-call">
      <header>
        <CallerIdentity pop={pop} />
        <div className={css.route}>
          <QueueWait pop={pop} />
          <IvrPath pop={pop} />
        </div>
      </header>
      <TransferNote pop={pop} />
      <div className={css.columns}>
        <div>
          <CustomerColumn pop={pop} />
        </div>
        <div>
          <NotesEditor contactId={call.contactId} serverText={call.notes} focus />
          <TimelinePanel pop={pop} />
        </div>
        <div>
          <Panel title={t('desk.call.ticket')}>
            <DraftPanel contactId={call.contactId} pop={pop} />
          </Panel>
          <OpenTicketsPanel pop={pop} />
        </div>
      </div>
    </div>
  )
}
