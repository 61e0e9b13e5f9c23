import { z } from 'zod'
import { defineNode, exit, stay } from '../define-node.ts'

/** Asks who the caller is, by the digits collected last or by the number he calls from. */
export const lookUpCustomer = defineNode({
  name: 'look-up-customer',
  config: z.strictObject({ by: z.enum(['code', 'number']) }),
  exits: () => ['found', 'not_found', 'many', 'failed'],
  enter({ config, facts }) {
    if (config.by === 'number') return stay(null, [{ type: 'look_up', by: 'number' }])
    if (facts.collected === null) return exit('not_found')
    return stay(null, [{ type: 'look_up', by: 'code', code: facts.collected }])
  },
  handle({ config, facts }, local, input) {
    if (input.type !== 'looked_up') return stay(local)
    const { found, grade } = input
    if (found === 'failed') return exit('failed')
    if (found === 'none') return exit('not_found')
    const code = config.by === 'code' ? facts.collected : facts.code
    return exit(found === 'one' ? 'found' : 'many', [], { match: found, grade, code })
  },
})
