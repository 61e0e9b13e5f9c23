import { SwapOutlined } from '@ant-design/icons'
import type { PopView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import css from './pop.module.css'

/** What the colleague who passed the call on wrote. */
export function TransferNote({ pop }: { pop: PopView }) {
  const { t } = useTranslation()
  if (!pop.transferredFrom) return null
  return (
    <div className={css.transferred}>
      <SwapOutlined />
      <b>{t('desk.pop.transferredFrom', { name: pop.transferredFrom.agentName })}</b>
      {pop.transferredFrom.notes && <q>{pop.transferredFrom.notes}</q>}
    </div>
  )
}
