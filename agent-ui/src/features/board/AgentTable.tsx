import { LogoutOutlined } from '@ant-design/icons'
import type { AgentRow, BoardView } from '@ringdown/core/contract'
import { Button, Input, Popconfirm, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/index.ts'
import { Empty, failureText, Panel, Timer, toast } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { toneOf } from '../desk-state/index.ts'
import { StateIcon } from '../state-button/index.ts'
import css from './board.module.css'
import { type AgentFilter, filterAgents } from './board-figures.ts'
import { useSteadyOrder } from './steady-order.ts'

const states = [
  'signed_in',
  'available',
  'ringing',
  'talking',
  'held',
  'wrap_up',
  'break',
  'meal',
  'missed',
  'device_problem',
  'signed_out',
]

type Props = {
  view: BoardView
  offsetMs: number /** To be looked at, not worked with: those at work, no controls. */
  wall?: boolean
}

/** Every agent: state, since when, on what. */
export function AgentTable({ view, offsetMs, wall = false }: Props) {
  const { t } = useTranslation()
  const { word, local } = useWords()
  const [filter, setFilter] = useState<AgentFilter>({ name: '', state: '', queueId: '' })
  const [holding, setHolding] = useState(false)
  const wanted = wall ? { name: '', state: 'signed_in', queueId: '' } : filter
  const agents = useSteadyOrder(filterAgents(view.agents, wanted), (a) => a.id, holding)
  return (
    <Panel
      title={`${t('board.agents')} ${agents.length}`}
      flush
      extra={
        !wall && (
          <div className={css.filter}>
            <Input
              size="small"
              allowClear
              aria-label={t('board.filterName')}
              placeholder={t('board.filterName')}
              value={filter.name}
              onChange={(e) => setFilter({ ...filter, name: e.target.value })}
            />
            <Select
              size="small"
              aria-label={t('board.state')}
              value={filter.state}
              options={[
                { value: '', label: t('board.allStates') },
                ...states.map((value) => ({
                  value,
                  label: value === 'signed_in' ? t('board.signedIn') : word('state', value),
                })),
              ]}
              onChange={(state) => setFilter({ ...filter, state })}
            />
            <Select
              size="small"
              aria-label={t('board.queue')}
              value={filter.queueId}
              options={[
                { value: '', label: t('board.allQueues') },
                ...view.queues.map((q) => ({ value: q.id as string, label: local(q.name) })),
              ]}
              onChange={(queueId) => setFilter({ ...filter, queueId })}
            />
          </div>
        )
      }
    >
      {agents.length === 0 ? (
        <Empty>{t('board.agentsNone')}</Empty>
      ) : (
        <div onPointerEnter={() => setHolding(true)} onPointerLeave={() => setHolding(false)}>
          <table className={css.table}>
            <thead>
              <tr>
                <th>{t('board.agent')}</th>
                <th>{t('board.state')}</th>
                <th>{t('board.since')}</th>
                <th>{t('board.on')}</th>
                {!wall && <th>{t('board.queuesOf')}</th>}
                <th data-right="">{t('board.answeredToday')}</th>
                {!wall && (
                  <th>
                    <span className="visually-hidden">{t('board.forceSignOut')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {agents.map((a) => (
                <Row key={a.id} agent={a} offsetMs={offsetMs} wall={wall} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

function Row({ agent, offsetMs, wall }: { agent: AgentRow; offsetMs: number; wall: boolean }) {
  const { t } = useTranslation()
  const { word, queue } = useWords()
  const signOut = () =>
    api('signOutAgent', { params: { userId: agent.id } }).then(
      () => toast('success', t('board.forced', { name: agent.name })),
      (error: unknown) => toast('error', failureText(t, error)),
    )
  return (
    <tr data-testid={`agent-row-${agent.id}`} data-agent={agent.name} data-state={agent.state}>
      <td>
        <b>{agent.name}</b>
      </td>
      <td>
        <span className={css.state} data-tone={toneOf(agent.state)}>
          <StateIcon state={agent.state} /> {word('state', agent.state)}
        </span>
      </td>
      <td>{agent.since !== null && <Timer since={agent.since} offsetMs={offsetMs} />}</td>
      <td>{agent.on}</td>
      {!wall && <td className={css.queues}>{agent.queues.map((id) => queue(id)).join(' · ')}</td>}
      <td data-right="">{agent.answeredToday}</td>
      {!wall && (
        <td data-right="">
          {agent.state !== 'signed_out' && (
            <Popconfirm
              title={t('board.forceAsk', { name: agent.name })}
              okText={t('board.forceSignOut')}
              onConfirm={signOut}
            >
              <Button
                size="small"
                type="text"
                icon={<LogoutOutlined />}
                aria-label={`${t('board.forceSignOut')} ${agent.name}`}
                title={t('board.forceSignOut')}
              />
            </Popconfirm>
          )}
        </td>
      )}
    </tr>
  )
}
