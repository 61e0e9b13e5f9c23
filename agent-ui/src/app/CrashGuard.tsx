import { Button } from 'antd'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** A page that fails says so; what surrounds it, and the call, goes on. */
export class CrashGuard extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false }

  static getDerivedStateFromError() {
    return { crashed: true }
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children
  }
}

function Crashed() {
  const { t } = useTranslation()
  return (
    <div className="page-alone" role="alert">
      <p>{t('frame.failure.crash')}</p>
      <Button type="primary" onClick={() => location.reload()}>
        {t('frame.failure.refresh')}
      </Button>
    </div>
  )
}
