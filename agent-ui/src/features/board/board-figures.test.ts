import type { AgentRow } from '@ringdown/core/contract'
import { expect, it } from 'vitest'
import { filterAgents, levelsOf, sumIntervals, urgencyOf } from './board-figures.ts'
import { inOrder } from './steady-order.ts'

const half = (at: number, answered: number, abandoned: number, answeredInTime: number) => ({
  at,
  offered: answered + abandoned,
  answered,
  abandoned,
  flowedOut: 0,
  answeredInTime,
  abandonedInTime: 0,
})

it('has no service level where no call came, and holds a caller who gave up in time against nobody', () => {
  const given = { ...half(2, 1, 2, 1), abandonedInTime: 2 }
  expect(levelsOf([half(0, 3, 1, 2), half(1, 0, 0, 0), given])).toEqual([0.5, null, 1])
})

it('adds queues up by half hour', () => {
  const sums = sumIntervals([{ intervals: [half(0, 1, 0, 1), half(30, 2, 1, 1)] }, { intervals: [half(30, 4, 0, 4)] }])
  expect(sums).toEqual([half(0, 1, 0, 1), half(30, 6, 1, 5)])
})

it('measures a wait by the promise', () => {
  expect([urgencyOf(19_000, 20_000), urgencyOf(21_000, 20_000), urgencyOf(61_000, 20_000)]).toEqual([
    'calm',
    'late',
    'alarming',
  ])
})

it('moves nothing under the mouse: new rows come last, gone rows leave', () => {
  const rows = ['c', 'x', 'a'].map((id) => ({ id }))
  expect(inOrder(rows, (r) => r.id, ['a', 'b', 'c']).map((r) => r.id)).toEqual(['a', 'c', 'x'])
})

it('filters agents by name, state and queue', () => {
  const agents = [
    { name: '王敏', state: 'talking', queues: ['q1'] },
    { name: '李娜', state: 'signed_out', queues: ['q1'] },
  ] as unknown as AgentRow[]
  expect(filterAgents(agents, { name: '', state: 'signed_in', queueId: 'q1' }).map((a) => a.name)).toEqual(['王敏'])
  expect(filterAgents(agents, { name: '李', state: '', queueId: '' })).toHaveLength(1)
})
