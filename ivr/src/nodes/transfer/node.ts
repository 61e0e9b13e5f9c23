import { z } from 'zod'
import { defineNode, exit, stay } from '../define-node.ts'

/** To the agent of an extension, with a queue to wait in; `failed` when there is no such agent or queue, or the wait ended. */
export const transfer = defineNode({
  name: 'transfer',
  config: z.strictObject({
    extension: z.string().regex(/^\d{3,6}$/, 'expected an extension of 3 to 6 digits'),
    /** Key of the queue in which the call waits when the agent does not answer. */
    queue: z.string().min(1).max(40),
  }),
  exits: () => ['failed'],
  enter: ({ config }) => stay(null, [{ type: 'transfer', extension: config.extension, queue: config.queue }]),
  handle(_, local, input) {
    if (input.type !== 'queue_left') return stay(local)
    return input.left.by === 'answered' ? { go: 'end', commands: [] } : exit('failed')
  },
})
