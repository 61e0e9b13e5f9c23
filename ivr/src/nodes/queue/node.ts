import { Localized } from '@ringdown/core/kernel'
import { z } from 'zod'
import type { Facts } from '../../state.ts'
import { Key } from '../asking.ts'
import { defineNode, exit, stay } from '../define-node.ts'

const QueueKey = z.string().min(1).max(40)
const config = z.strictObject({
  /** Key of the queue, `after-sales`, or which one by what was chosen in a menu before. */
  queue: z.union([
    QueueKey,
    z.strictObject({ choiceOf: z.string(), queues: z.record(Key, QueueKey), otherwise: QueueKey }),
  ]),
  priority: z.number().int().min(0).max(10).default(0),
  /** Keys that leave the queue by the exit `key_<key>`. */
  leaveKeys: z.record(Key, z.strictObject({ label: Localized })).default({}),
  /** The key that repeats position and estimated wait. */
  waitKey: Key.nullable().default(null),
})

/** Waits for an agent. The flow goes on only if nobody answered. */
export const queue = defineNode<z.infer<typeof config>, null>({
  name: 'queue',
  config,
  exits: ({ leaveKeys }) => ['timed_out', 'unavailable', ...Object.keys(leaveKeys).map((key) => `key_${key}`)],
  enter: ({ config, facts }) =>
    stay(null, [{ type: 'enqueue', queue: queueOf(config.queue, facts), priority: config.priority }]),
  handle({ id, config }, local, input) {
    if (input.type === 'digit') {
      if (input.digit === config.waitKey) return stay(local, [{ type: 'announce_wait' }])
      return stay(local, config.leaveKeys[input.digit] ? [{ type: 'leave_queue', key: input.digit }] : [])
    }
    if (input.type !== 'queue_left') return stay(local)
    const { left } = input
    if (left.by === 'answered') return { go: 'end', commands: [] }
    if (left.by !== 'key') return exit(left.by)
    const label = config.leaveKeys[left.key]?.label
    if (!label) return exit('unavailable')
    return exit(`key_${left.key}`, [{ type: 'record_step', step: { node: id, label, keyed: left.key } }])
  },
})

function queueOf(queue: z.infer<typeof config>['queue'], facts: Facts): string {
  if (typeof queue === 'string') return queue
  return queue.queues[facts.chosen[queue.choiceOf] ?? ''] ?? queue.otherwise
}
