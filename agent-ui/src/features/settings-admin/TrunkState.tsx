import type { TrunkView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { TimeAgo } from '../../ui/index.ts'
import css from './settings.module.css'

/** Whether calls can come in on a trunk, since when, and why not. */
export function TrunkState({ trunk }: { trunk: TrunkView }) {
  const { t } = useTranslation()
  if (!trunk.enabled) return t('settings.trunk.disabled')
  if (trunk.kind === 'address') return t('settings.trunk.ready')
  const { registration } = trunk
  if (registration === null) return t('settings.trunk.nobody')
  if (registration.state === 'trying') return t('settings.trunk.trying')
  if (registration.state === 'registered')
    return (
      <>
        {t('settings.trunk.registered')}
        <small>
          <TimeAgo at={registration.since} />
        </small>
      </>
    )
  return (
    <span className={css.problem}>
      {t('settings.trunk.failing', { reason: [registration.status, registration.reason].filter(Boolean).join(' ') })}
      <small>
        <TimeAgo at={registration.since} />
      </small>
    </span>
  )
}
