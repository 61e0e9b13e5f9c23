import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './settings.module.css'

type Props = {
  title: string
  busy: boolean
  failure: string | null
  onSave: () => void
  onClose: () => void
  children: ReactNode
}

/** A form at the side: Enter saves, Escape closes, a failure stands above. */
export function FormDrawer({ title, busy, failure, onSave, onClose, children }: Props) {
  const { t } = useTranslation()
  return (
    <Drawer
      open
      size={560}
      title={title}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          <Button onClick={onClose}>{t('frame.say.cancel')}</Button>
          <Button type="primary" htmlType="submit" form="settings-form" loading={busy}>
            {t('frame.say.save')}
          </Button>
        </div>
      }
    >
      <form
        id="settings-form"
        className={css.form}
        onSubmit={(e) => {
          e.preventDefault()
          onSave()
        }}
      >
        {failure && (
          <p className={css.failure} role="alert">
            {failure}
          </p>
        )}
        {children}
      </form>
    </Drawer>
  )
}
