import { z } from 'zod'
import type { Facts } from '../../state.ts'
import { defineNode, exit, stay } from '../define-node.ts'

const Test = z.strictObject({
  fact: z.enum(['language', 'number', 'match', 'grade', 'code', 'collected']),
  /** True if the fact is one of these, or begins with one of these; `known` asks whether it has a value at all. */
  is: z.array(z.string().max(40)).min(1).optional(),
  beginsWith: z.array(z.string().min(1).max(40)).min(1).optional(),
  known: z.boolean().optional(),
})
type Test = z.infer<typeof Test>

function holds({ fact, is, beginsWith, known }: Test, facts: Facts): boolean {
  const value = facts[fact]
  if (known !== undefined && known !== (value !== null)) return false
  if (is && !is.includes(value ?? '')) return false
  return !beginsWith || beginsWith.some((start) => value?.startsWith(start))
}

/** Branches on what is known of the call: `yes` if all tests hold. */
export const condition = defineNode({
  name: 'condition',
  config: z.strictObject({ all: z.array(Test).min(1).max(10) }),
  exits: () => ['yes', 'no'],
  enter: ({ config, facts }) => exit(config.all.every((test) => holds(test, facts)) ? 'yes' : 'no'),
  handle: (_, local) => stay(local),
})
