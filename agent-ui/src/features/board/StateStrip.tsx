import type { QueueTile } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import css from './board.module.css'

const tones = { available: 'available', busy: 'talking', wrapUp: 'wrap-up', notReady: 'not-ready' } as const

/** A queue's agents by state as one stacked strip, counted under it. */
export function StateStrip({ agents }: { agents: QueueTile['agents'] }) {
  const { t } = useTranslation()
  const states = ['available', 'busy', 'wrapUp', 'notReady'] as const
  return (
    <div className={css.strip} role="img" aria-label={t('board.agentsByState', agents)}>
      <div>
        {states.map(
          (state) => agents[state] > 0 && <i key={state} data-tone={tones[state]} style={{ flex: agents[state] }} />,
        )}
      </div>
      <small>
        {states.map((state) => (
          <span key={state} data-tone={tones[state]}>
            {t(`board.${state}`)} {agents[state]}
          </span>
        ))}
      </small>
    </div>
  )
}
