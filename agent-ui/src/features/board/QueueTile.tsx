import type { QueueTile as Tile } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { formatDuration, Sparkline, useNow } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import css from './board.module.css'
import { levelsOf, urgencyOf } from './board-figures.ts'
import { StateStrip } from './StateStrip.tsx'

const percent = (share: number): string => `${Math.round(share * 100)}%`

/** One queue now and today. */
export function QueueTile({ tile, offsetMs }: { tile: Tile; offsetMs: number }) {
  const { t } = useTranslation()
  const { local } = useWords()
  const now = useNow() + offsetMs
  const waitMs = tile.longestWaitSince === null ? 0 : Math.max(0, now - tile.longestWaitSince)
  const urgency = urgencyOf(waitMs, tile.serviceLevelMs)
  const missed = tile.serviceLevel !== null && tile.serviceLevel < tile.serviceLevelTarget
  const figures = [
    [t('board.offered'), tile.offered],
    [t('board.answered'), tile.answered],
    [t('board.abandoned'), tile.abandoned],
    [t('board.flowedOut'), tile.flowedOut],
    [t('board.asa'), tile.asaMs === null ? t('board.none') : formatDuration(tile.asaMs)],
    [t('board.ewt'), tile.ewtMs === null ? t('board.none') : formatDuration(tile.ewtMs)],
    [
      t(tile.ewtReliable ? 'board.ewtError' : 'board.ewtUnreliable'),
      tile.ewtErrorMs === null ? t('board.none') : `± ${formatDuration(tile.ewtErrorMs)}`,
    ],
  ] as const
  return (
    <article
      className={css.tile}
      data-testid={`queue-tile-${tile.key}`}
      data-urgency={tile.waiting > 0 ? urgency : 'calm'}
    >
      <h2>
        {local(tile.name)}
        {tile.drift !== 0 && <em role="alert">{t('board.drift', { count: tile.drift })}</em>}
      </h2>
      <div className={css.heads}>
        <div>
          <span>{t('board.waiting')}</span>
          <b data-testid="waiting">{tile.waiting}</b>
        </div>
        <div
          title={t('board.serviceLevelHint', {
            seconds: tile.serviceLevelMs / 1000,
            target: percent(tile.serviceLevelTarget),
          })}
        >
          <span>{t('board.serviceLevel')}</span>
          <b data-missed={missed || undefined}>
            {tile.serviceLevel === null ? t('board.none') : percent(tile.serviceLevel)}
          </b>
          <small>{t('board.target', { target: percent(tile.serviceLevelTarget) })}</small>
        </div>
        <div className={css.spark}>
          <Sparkline values={levelsOf(tile.intervals)} target={tile.serviceLevelTarget} name={t('board.sparkline')} />
        </div>
      </div>
      <div className={css.wait}>
        <span>
          <i style={{ width: `${Math.min(1, waitMs / (3 * tile.serviceLevelMs)) * 100}%` }} />
        </span>
        <small>{tile.waiting > 0 ? `${t('board.longest')} ${formatDuration(waitMs)}` : t('board.nobodyWaits')}</small>
      </div>
      <StateStrip agents={tile.agents} />
      <dl>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  )
}
