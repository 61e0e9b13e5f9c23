import { CheckCircleFilled, CloseOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import css from './toasts.module.css'
import { dismissToast, readToasts, subscribeToasts } from './toasts.ts'

export function Toasts() {
  const { t } = useTranslation()
  const toasts = useSyncExternalStore(subscribeToasts, readToasts)
  return (
    <div className={css.region} role="status" aria-live="polite">
      {toasts.map(({ id, kind, text }) => (
        <div key={id} className={css.toast} data-kind={kind}>
          {kind === 'success' ? <CheckCircleFilled /> : <ExclamationCircleFilled />}
          <span>{text}</span>
          <button type="button" aria-label={t('frame.say.close')} onClick={() => dismissToast(id)}>
            <CloseOutlined />
          </button>
        </div>
      ))}
    </div>
  )
}
