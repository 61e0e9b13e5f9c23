import type { IvrStep } from '@ringdown/core/events'
import type { FlowId } from '@ringdown/core/kernel'
import { GatewayId } from '@ringdown/core/kernel'
import demoFlow from '@ringdown/ivr/flows/demo' with { type: 'json' }
import type { Random } from '../random.ts'
import type { QueueKey } from '../staff.ts'
import type { CallLog } from './call-log.ts'
import type { Caller } from './callers.ts'

const { nodes } = demoFlow
const languageKey = { zh: '1', en: '2' } as const
const queueOfKey = nodes.queue.config.queue.queues satisfies Record<string, string>

/**
 * The IVR's part: language, menu, code, recognition.
 * @returns the queue that was chosen and when, or null when the caller hung up in the IVR
 */
export function greet(
  log: CallLog,
  { caller, flowId, startedAt, random }: { caller: Caller; flowId: FlowId; startedAt: number; random: Random },
): { queue: QueueKey; at: number } | null {
  const { contactId } = log
  log.add('contact_started', startedAt, {
    direction: 'inbound',
    from: caller.number,
    fromName: null,
    number: caller.number,
    place: caller.place,
    to: '4000',
    sipCallId: `${contactId.slice(0, 18)}@demo.example`,
    gatewayId: GatewayId.parse('demo'),
  })
  log.add('ivr_entered', startedAt + 20, { flowId, version: 1 })
  log.add('caller_matched', startedAt + 40, { match: caller.byNumber, by: 'number', code: null })

  const hangUp = (at: number) => {
    log.add('contact_ended', at, { termination: { party: 'caller', reason: 'abandoned_in_ivr' } })
    return null
  }
  if (random.chance(0.02)) return hangUp(startedAt + random.int(1_500, 6_000))

  const key = languageKey[caller.language]
  let at = startedAt + random.int(4_000, 9_000)
  log.add('language_chosen', at, { language: caller.language })
  log.add('ivr_step', at, { step: step('language', key) })
  if (random.chance(0.03)) return hangUp(at + random.int(2_000, 12_000))

  const menuKey = random.weighted([
    ['1', 46],
    ['2', 30],
    ['3', 9],
    ['0', 15],
  ] as const)
  at += random.int(3_500, 10_000)
  log.add('ivr_step', at, { step: step('main-menu', menuKey) })
  if (menuKey === '0') return { queue: 'operator', at }

  at += random.int(6_000, 16_000)
  if (caller.code && caller.byCode) {
    log.add('ivr_step', at, { step: { node: 'code', label: nodes.code.label, keyed: caller.code } })
    log.add('caller_matched', at + 30, { match: caller.byCode, by: 'code', code: caller.code })
    at += 3_000
  } else {
    at += 12_000
  }
  return { queue: queueOfKey[menuKey] as QueueKey, at }
}

function step<Node extends 'language' | 'main-menu'>(
  node: Node,
  key: keyof (typeof nodes)[Node]['config']['choices'] & string,
): IvrStep {
  const choices: Record<string, { label: IvrStep['label'] }> = nodes[node].config.choices
  return { node, label: choices[key]?.label ?? nodes[node].label, keyed: key }
}
