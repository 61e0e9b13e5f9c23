import { DesktopOutlined } from '@ant-design/icons'
import { Button, ConfigProvider, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../i18n/index.ts'
import { useConnection } from '../../realtime/index.ts'
import { antdThemeOf } from '../../theme.ts'
import { clockTime, Lines, Panel, shortClock } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { useAppearance } from '../session/index.ts'
import { AgentTable } from './AgentTable.tsx'
import css from './board.module.css'
import { sumIntervals } from './board-figures.ts'
import { QueueTile } from './QueueTile.tsx'
import { useBoard } from './use-board.ts'
import { useWall } from './use-wall.ts'
import { WaitingCallers } from './WaitingCallers.tsx'

const DayChart = lazy(() => import('./DayChart.tsx').then((m) => ({ default: m.DayChart })))

/** Queues, callers and agents as they are now. */
export function Board() {
  const { t } = useTranslation()
  const { local } = useWords()
  const language = useLanguage()
  const chosen = useAppearance()
  const connection = useConnection()
  const live = useBoard()
  const { wall, box, enter } = useWall()
  const [queueId, setQueueId] = useState('')
  const appearance = wall ? 'dark' : chosen
  if (!live) return <Lines count={10} height={28} />
  const { view, offsetMs } = live
  const charted = queueId ? view.queues.filter((q) => q.id === queueId) : view.queues
  return (
    <ConfigProvider theme={antdThemeOf(appearance)}>
      <div
        ref={box}
        className={`${css.board} ${wall ? css.wall : ''}`}
        data-wall={wall || undefined}
        data-testid="board"
      >
        <header className="page-head">
          <h1>{t('board.title')}</h1>
          <span className={css.at} data-lost={connection === 'lost' || undefined}>
            {connection === 'lost' ? t('board.lost') : t('board.at', { time: clockTime(view.at, language) })}
          </span>
          {wall ? (
            <time>{shortClock(view.at, language)}</time>
          ) : (
            <Button icon={<DesktopOutlined />} title={t('board.wallHint')} onClick={enter}>
              {t('board.wall')}
            </Button>
          )}
        </header>
        <div className={css.tiles}>
          {view.queues.map((tile) => (
            <QueueTile key={tile.id} tile={tile} offsetMs={offsetMs} />
          ))}
        </div>
        <div className={css.middle}>
          <WaitingCallers view={view} offsetMs={offsetMs} wall={wall} />
          {wall ? (
            <AgentTable view={view} offsetMs={offsetMs} wall />
          ) : (
            <Panel
              title={t('board.day')}
              extra={
                <Select
                  size="small"
                  style={{ width: 130 }}
                  aria-label={t('board.queue')}
                  value={queueId}
                  options={[
                    { value: '', label: t('board.allQueues') },
                    ...view.queues.map((q) => ({ value: q.id as string, label: local(q.name) })),
                  ]}
                  onChange={setQueueId}
                />
              }
            >
              <Suspense fallback={<Lines count={6} />}>
                <DayChart intervals={sumIntervals(charted)} appearance={appearance} queueId={queueId} />
              </Suspense>
            </Panel>
          )}
        </div>
        {!wall && <AgentTable view={view} offsetMs={offsetMs} />}
      </div>
    </ConfigProvider>
  )
}
