import type { WrapUpView } from '@ringdown/core/contract'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatDuration, KeyHint, TimeRing, useNow } from '../../ui/index.ts'
import { useAct, useDesk } from '../desk-state/index.ts'
import { useShortcut } from '../shortcuts/index.ts'
import css from './wrap-up.module.css'

const URGENT_MS = 10_000

/** The ring of what is left of wrap-up, and one more minute. */
export function TimeLeft({ wrapUp }: { wrapUp: WrapUpView }) {
  const { t } = useTranslation()
  const act = useAct()
  const { offsetMs } = useDesk()
  const now = useNow() + offsetMs
  const left = Math.max(0, wrapUp.endsAt - now)
  const extend = () => void act('wrap-up:extend', { contactId: wrapUp.contactId })
  useShortcut('extend', extend)
  return (
    <div className={css.left}>
      <TimeRing share={left / (wrapUp.endsAt - wrapUp.startedAt)} size={64} urgent={left < URGENT_MS}>
        <b className="timer" title={t('desk.wrapUp.left', { time: formatDuration(left) })}>
          {formatDuration(left)}
        </b>
      </TimeRing>
      <Button size="small" onClick={extend}>
        {t('desk.wrapUp.extend')} <KeyHint keys="+" inText="Alt++" />
      </Button>
    </div>
  )
}
