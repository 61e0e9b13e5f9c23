import type { BoardView } from '@ringdown/core/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty, Panel, PhoneNumber, Timer } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import css from './board.module.css'
import { aheadOf, urgencyOf } from './board-figures.ts'
import { useSteadyOrder } from './steady-order.ts'

/** Who waits, in the order they will be served, and why they still wait. */
export function WaitingCallers({ view, offsetMs, wall }: { view: BoardView; offsetMs: number; wall: boolean }) {
  const { t } = useTranslation()
  const { queue, agent } = useWords()
  const [holding, setHolding] = useState(false)
  const callers = useSteadyOrder(view.callers, (c) => c.entryId, holding)
  const promise = (queueId: string) => view.queues.find((q) => q.id === queueId)?.serviceLevelMs ?? 0
  return (
    <Panel title={`${t('board.callers')} ${callers.length || ''}`} flush>
      {callers.length === 0 ? (
        <Empty>{t('board.callersNone')}</Empty>
      ) : (
        <div onPointerEnter={() => setHolding(true)} onPointerLeave={() => setHolding(false)}>
          <table className={css.table}>
            <thead>
              <tr>
                <th>{t('board.position')}</th>
                <th>{t('board.caller')}</th>
                <th>{t('board.queue')}</th>
                <th>{t('board.waited')}</th>
                <th>{t('board.why')}</th>
              </tr>
            </thead>
            <tbody>
              {callers.map((c) => {
                const ahead = aheadOf(view.callers, c.entryId)
                return (
                  <tr key={c.entryId} data-testid="caller-row">
                    <td>{c.position}</td>
                    <td>
                      {c.customer ? (
                        <>
                          {wall ? c.customer.name : <Link to={`/customers/${c.customer.id}`}>{c.customer.name}</Link>}{' '}
                          <small>{c.customer.grade}</small>
                        </>
                      ) : (
                        t('desk.pop.unknownCaller')
                      )}{' '}
                      <small>
                        <PhoneNumber value={c.number} />
                      </small>
                    </td>
                    <td>{queue(c.queueId)}</td>
                    <td data-urgency={urgencyOf(view.at - c.arrivedAt, promise(c.queueId))}>
                      <Timer since={c.arrivedAt} offsetMs={offsetMs} />
                    </td>
                    <td>
                      {c.state === 'offered'
                        ? t('board.ringing', { agent: agent(c.agentId) })
                        : ahead === 0
                          ? t('board.waitsForAgent')
                          : t('board.waitsBehind', { count: ahead })}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}
