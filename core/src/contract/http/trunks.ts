import { z } from 'zod'
import { TrunkId } from '../../kernel/index.ts'
import { AddressTrunk, Registration, RegistrationTrunk } from '../../trunk/index.ts'
import { Nothing, operation } from '../operation.ts'

/** Left out: unchanged; null: none. Kept encrypted, and never given out again. */
const password = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'expected a password without control characters')
  .nullable()
  .optional()
export const TrunkInput = z.discriminatedUnion('kind', [AddressTrunk, RegistrationTrunk.extend({ password })])
export type TrunkInput = z.infer<typeof TrunkInput>

export const TrunkView = z.discriminatedUnion('kind', [
  AddressTrunk.extend({ id: TrunkId }),
  RegistrationTrunk.extend({
    id: TrunkId,
    hasPassword: z.boolean(),
    /** Null: no gateway registers it, as while it is disabled. */
    registration: Registration.nullable(),
  }),
])
export type TrunkView = z.infer<typeof TrunkView>

const tag = 'trunks'
const params = z.object({ trunkId: TrunkId })
const path = '/api/trunks/{trunkId}'

export const trunks = {
  listTrunks: operation({
    tag,
    summary: 'Who may call in, and how registrations stand',
    method: 'get',
    path: '/api/trunks',
    role: 'admin',
    output: z.array(TrunkView),
  }),
  createTrunk: operation({
    tag,
    summary: 'New trunk',
    method: 'post',
    path: '/api/trunks',
    role: 'admin',
    body: TrunkInput,
    output: TrunkView,
  }),
  changeTrunk: operation({
    tag,
    summary: 'Change a trunk; new calls follow at once',
    method: 'put',
    path,
    role: 'admin',
    params,
    body: TrunkInput,
    output: TrunkView,
  }),
  deleteTrunk: operation({
    tag,
    summary: 'Delete a trunk; calls under way go on',
    method: 'delete',
    path,
    role: 'admin',
    params,
    output: Nothing,
  }),
} as const
