import { CloseOutlined, PhoneFilled } from '@ant-design/icons'
import type { OfferView } from '@ringdown/core/contract'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint, useNow } from '../../ui/index.ts'
import { useAct, useDesk } from '../desk-state/index.ts'
import { useShortcut } from '../shortcuts/index.ts'
import css from './pop.module.css'

/** Answer or reject, and how long the offer stands. */
export function OfferActions({ offer, onAnswered }: { offer: OfferView; onAnswered?: () => void }) {
  const { t } = useTranslation()
  const act = useAct()
  const { offsetMs } = useDesk()
  const now = useNow()
  const [busy, setBusy] = useState(false)
  const left = Math.max(0, Math.ceil((offer.expiresAt - now - offsetMs) / 1000))

  async function send(name: 'offer:answer' | 'offer:reject') {
    if (busy) return
    setBusy(true)
    const done = await act(name, { offerId: offer.offerId })
    setBusy(false)
    if (done && name === 'offer:answer') onAnswered?.()
  }
  useShortcut('answer', () => void send('offer:answer'))

  return (
    <div className={css.actions}>
      <div>
        <Button
          data-testid="answer"
          className={css.answer as string}
          type="primary"
          size="large"
          icon={<PhoneFilled />}
          loading={busy}
          onClick={() => void send('offer:answer')}
        >
          {t('desk.pop.answer')} <KeyHint keys={t('desk.pop.space')} inText="Alt+A" />
        </Button>
        <Button
          data-testid="reject"
          data-keeps-space=""
          size="large"
          icon={<CloseOutlined />}
          disabled={busy}
          onClick={() => void send('offer:reject')}
        >
          {t('desk.pop.reject')}
        </Button>
      </div>
      <small>{t('desk.pop.expires', { seconds: left })}</small>
    </div>
  )
}
