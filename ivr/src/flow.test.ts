import { describe, expect, it } from 'vitest'
import demo from '../flows/demo.json' with { type: 'json' }
import frontDesk from '../flows/front-desk.json' with { type: 'json' }
import { promptTexts } from '../prompts/index.ts'
import { parseFlow } from './flow.ts'

const label = { zh: '甲', en: 'A' }
const flow = (nodes: Record<string, unknown>) => ({
  version: 1,
  name: 'Test',
  language: 'zh',
  start: 'first',
  afterCall: null,
  nodes,
})
const faults = (data: unknown) => {
  const parsed = parseFlow(data)
  return parsed.ok ? [] : parsed.error.map(({ node, field }) => `${node}: ${field}`)
}

describe('parseFlow', () => {
  it.each([demo, frontDesk])('reads $name', (stored) => expect(faults(stored)).toEqual([]))

  it('has a recording for every sentence of the demo flow', () => {
    const said = [...JSON.stringify(demo).matchAll(/"(?:prompts|csat|nps|invalid|noInput)":\[(.*?)\]/g)]
      .flatMap(([, list]) => JSON.parse(`[${list}]`) as string[])
      .map((sentence) => sentence.split('@')[0] ?? '')
    expect(said.length).toBeGreaterThan(10)
    expect(said.filter((key) => !(key in promptTexts))).toEqual([])
  })

  it('[FL1] refuses an exit that leads nowhere, a missing one and an unknown one', () => {
    const first = { type: 'play', label, config: { prompts: ['hello'] } }
    expect(faults(flow({ first }))).toEqual(['first: exits.done'])
    expect(faults(flow({ first: { ...first, exits: { done: 'gone' } } }))).toEqual(['first: exits.done'])
    expect(faults(flow({ first: { ...first, exits: { done: 'first', other: 'first' } } }))).toEqual([
      'first: exits.other',
    ])
  })

  it('[FL2] names node and field of every fault at once', () => {
    const broken = {
      first: { type: 'menu', label, config: { prompts: [], choices: { '1': { label } } }, exits: {} },
      second: { type: 'teleport', label },
      third: { type: 'collect', label, config: { prompts: ['a'], minDigits: 9, maxDigits: 2 } },
    }
    expect(faults({ ...flow(broken), afterCall: 'nowhere' })).toEqual([
      'null: afterCall',
      'first: config.prompts',
      'second: type',
      'third: config.minDigits',
    ])
    expect(faults({ ...flow({}), language: 'fr' })).toEqual(['null: language'])
    expect(faults(flow({ first: { type: 'play', label: { zh: '甲' } } }))).toEqual(['first: label.en'])
    expect(faults(null)).toEqual(['null: flow'])
  })

  it('[FL3] fills in the defaults', () => {
    const parsed = parseFlow(flow({ first: { type: 'hang-up', label } }))
    expect(parsed.ok && parsed.value.nodes.first?.config).toEqual({ prompts: [], reason: 'flow_ended' })
  })

  it('does not take inherited names for nodes', () => {
    const first = { type: 'constructor', label }
    expect(faults(flow({ first }))).toEqual(['first: type'])
  })
})
