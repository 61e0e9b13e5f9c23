import type { TrunkInput, TrunkView } from '@ringdown/core/contract'
import { err, ok, type Result, TrunkId } from '@ringdown/core/kernel'
import type { Registration, TrunkRules } from '@ringdown/core/trunk'
import { appendAudit, changeTrunk, createTrunk, deleteTrunk, listTrunks, type StoredTrunk } from '@ringdown/db/postgres'
import { isSupportedCountry } from 'libphonenumber-js/max'
import type { Refusal } from '../../commands/handlers.ts'
import { passwordSeal } from '../../sip/trunks/seal-password.ts'
import type { Caller } from '../caller.ts'
import type { OperationHandlers } from '../operation-handlers.ts'
import type { HttpNeeds, HttpPorts } from '../ports.ts'
import { duplicate, notFound } from '../refusals.ts'

type TrunkOperations = Pick<OperationHandlers, 'listTrunks' | 'createTrunk' | 'changeTrunk' | 'deleteTrunk'>
type Parts = Pick<HttpNeeds, 'sql' | 'config' | 'newId'> & Pick<HttpPorts, 'trunks'>

export function trunkHandlers({ sql, config, newId, trunks }: Parts): TrunkOperations {
  const passwords = passwordSeal(config.sessionSecret)

  async function shown(stored: readonly StoredTrunk[]): Promise<TrunkView[]> {
    const states = await trunks.registrations(stored.map(({ id }) => id))
    return stored.map((trunk) => viewOf(trunk, states.get(trunk.id) ?? null))
  }

  /** @param password what was given; undefined: nothing */
  function sealed(id: TrunkId, password: string | null | undefined): string | null | undefined {
    return typeof password === 'string' ? passwords.seal(id, password) : password
  }

  async function done(action: string, caller: Caller, trunk: StoredTrunk): Promise<Result<TrunkView, Refusal>> {
    const { passwordSealed: _, contactUser: __, ...details } = trunk
    await appendAudit(sql, { userId: caller.userId, action, subjectId: trunk.id, details })
    await trunks.changed()
    const [view] = await shown([trunk])
    return ok(view as TrunkView)
  }

  return {
    listTrunks: async () => ok(await shown(await listTrunks(sql))),

    async createTrunk({ body }, caller) {
      const { rules, password } = split(body)
      if (!isSupportedCountry(rules.defaultCountry)) return err(unknownCountry)
      const id = TrunkId.parse(newId())
      const created = await createTrunk(sql, { ...rules, id, passwordSealed: sealed(id, password) ?? null })
      return created.ok ? done('trunk.created', caller, created.value) : err(duplicate(created.error.field))
    },

    async changeTrunk({ params: { trunkId }, body }, caller) {
      const { rules, password } = split(body)
      if (!isSupportedCountry(rules.defaultCountry)) return err(unknownCountry)
      const changed = await changeTrunk(sql, trunkId, rules, sealed(trunkId, password))
      if (changed.ok) return done('trunk.changed', caller, changed.value)
      return err(changed.error.code === 'duplicate' ? duplicate(changed.error.field) : notFound('trunk'))
    },

    async deleteTrunk({ params: { trunkId } }, caller) {
      if (!(await deleteTrunk(sql, trunkId))) return err(notFound('trunk'))
      await appendAudit(sql, { userId: caller.userId, action: 'trunk.deleted', subjectId: trunkId, details: {} })
      await trunks.changed()
      return ok({})
    },
  }
}

const unknownCountry: Refusal = {
  code: 'invalid_input',
  message: 'expected an ISO country code such as CN',
  field: 'body.defaultCountry',
}

function split(body: TrunkInput): { rules: TrunkRules; password: string | null | undefined } {
  if (body.kind === 'address') return { rules: body, password: undefined }
  const { password, ...rules } = body
  return { rules, password }
}

/** Without the contact and the password: who knows the contact can call in. */
function viewOf({ contactUser: _, passwordSealed, ...trunk }: StoredTrunk, state: Registration | null): TrunkView {
  if (trunk.kind === 'address') return trunk
  return { ...trunk, hasPassword: passwordSealed !== null, registration: state }
}
