import type { PopView } from '@ringdown/core/contract'
import type { CallerCandidate } from '@ringdown/core/customer'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/index.ts'
import { useAct } from '../desk-state/index.ts'
import css from './pop.module.css'

/** Several customers share the number: shown with the reason for each, nothing opened by itself. */
export function CustomerPicker({ pop, candidates }: { pop: PopView; candidates: readonly CallerCandidate[] }) {
  const { t } = useTranslation()
  const act = useAct()
  return (
    <Panel title={t('desk.pop.pick')} flush>
      <ul className={css.candidates}>
        {candidates.map((c) => (
          <li key={`${c.customerId}-${c.personId}`}>
            <span>
              <b>{c.personName ?? c.customerName}</b>
              {c.personName && <span>{c.customerName}</span>}
              <small>
                {t('desk.pop.grade', { grade: c.grade })} · {t(`desk.pop.because.${c.because}`)}
              </small>
            </span>
            <Button
              size="small"
              onClick={() =>
                void act('call:choose-customer', {
                  contactId: pop.contactId,
                  customerId: c.customerId,
                  personId: c.personId,
                })
              }
            >
              {t('desk.pop.isThis')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
