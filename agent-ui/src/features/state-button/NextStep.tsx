import { CheckCircleFilled, CustomerServiceOutlined } from '@ant-design/icons'
import type { DeskView } from '@ringdown/core/contract'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAct } from '../desk-state/index.ts'

/** The one thing to do before calls can come: begin the shift, then go available. */
export function NextStep({ view }: { view: DeskView }) {
  const { t } = useTranslation()
  const act = useAct()
  if (!view.agent?.session)
    return (
      <Button
        type="primary"
        size="large"
        data-testid="begin-shift"
        icon={<CustomerServiceOutlined />}
        onClick={() => void act('agent:sign-in', { device: 'webrtc' })}
      >
        {t('desk.state.signInWith')}
      </Button>
    )
  if (view.agent.status.chosen.status === 'available') return null
  return (
    <Button
      type="primary"
      size="large"
      data-testid="go-available"
      icon={<CheckCircleFilled />}
      onClick={() => void act('agent:set-status', { chosen: { status: 'available' } })}
    >
      {t('desk.state.goAvailable')}
    </Button>
  )
}
