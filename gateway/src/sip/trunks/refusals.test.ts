import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createRefusals } from './refusals.ts'

it('counts every refusal, and logs one line of a kind in ten seconds', () => {
  const lines: { reason: string; unlogged: number }[] = []
  let now = 1000
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const { note, counts } = createRefusals(() => now, log)
  const call = { source: '198.51.100.1', called: '4000', from: 'sipvicious', trunk: null }
  for (let i = 0; i < 100; i++) note('unknown_source', call)
  note('trunk_full', { ...call, trunk: 'Carrier' })
  now += 10_000
  note('unknown_source', call)
  expect(counts()).toEqual(
    new Map([
      ['unknown_source', 101],
      ['trunk_full', 1],
    ]),
  )
  expect(lines.map(({ reason, unlogged }) => [reason, unlogged])).toEqual([
    ['unknown_source', 0],
    ['trunk_full', 0],
    ['unknown_source', 99],
  ])
})
