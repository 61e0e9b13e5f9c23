import { CheckOutlined, CustomerServiceOutlined, LogoutOutlined, PhoneOutlined } from '@ant-design/icons'
import type { ChosenStatus } from '@ringdown/core/agent'
import type { DeskView } from '@ringdown/core/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useWords } from '../catalogue/index.ts'
import { useAct } from '../desk-state/index.ts'
import css from './state-button.module.css'
import { StateIcon } from './state-icon.tsx'

const reasons = ['break', 'meal', 'training', 'meeting', 'other'] as const
const choices: ChosenStatus[] = [
  { status: 'available' },
  ...reasons.map((reason) => ({ status: 'not_ready' as const, reason })),
]
const nameOf = (c: ChosenStatus): string => (c.status === 'available' ? 'available' : c.reason)

/** Begin or end the shift, choose a status now or for after the present work. */
export function StateMenu({ view, onDone }: { view: DeskView; onDone: () => void }) {
  const { t } = useTranslation()
  const { word } = useWords()
  const act = useAct()
  const { agent } = view
  const item = (key: string, icon: ReactNode, text: string, deed: () => unknown, on = false, disabled = false) => (
    <button
      key={key}
      type="button"
      aria-pressed={on}
      data-testid={`state-${key}`}
      disabled={disabled}
      onClick={() => {
        void deed()
        onDone()
      }}
    >
      {icon}
      <span>{text}</span>
      {on && <CheckOutlined className={css.check} />}
    </button>
  )

  if (!agent?.session)
    return (
      <div className={css.menu}>
        <p>{t('desk.state.signInWith')}</p>
        {item('sign-in-webrtc', <CustomerServiceOutlined />, t('words.device.webrtc'), () =>
          act('agent:sign-in', { device: 'webrtc' }),
        )}
        {item('sign-in-sip', <PhoneOutlined />, t('words.device.sip'), () => act('agent:sign-in', { device: 'sip' }))}
      </div>
    )

  const working = agent.work.state !== 'idle'
  const { chosen, next } = agent.status
  const current = working ? next : chosen
  return (
    <div className={css.menu}>
      {working && <p>{t('desk.state.afterTitle')}</p>}
      {!working && chosen.status === 'not_ready' && chosen.reason === 'missed' && (
        <p className={css.hint}>{t('desk.state.missedHint')}</p>
      )}
      {choices.map((choice) =>
        item(
          nameOf(choice),
          <StateIcon state={nameOf(choice)} />,
          choice.status === 'available' && !working ? t('desk.state.goAvailable') : word('state', nameOf(choice)),
          () => act('agent:set-status', { chosen: choice }),
          current !== null && nameOf(current) === nameOf(choice),
        ),
      )}
      <hr />
      {item('sign-out', <LogoutOutlined />, t('desk.state.signOut'), () => act('agent:sign-out', {}), false, working)}
      {working && <p className={css.hint}>{t('desk.state.busy')}</p>}
    </div>
  )
}
