import { z } from 'zod'
import { TrunkId } from '../kernel/index.ts'
import { AddressRange } from './prefix.ts'

const common = {
  name: z.string().trim().min(1, 'a trunk needs a name').max(120),
  enabled: z.boolean(),
  /** Where numbers without a country code are from, ISO 3166. */
  defaultCountry: z.string().regex(/^[A-Z]{2}$/, 'expected a country code of two letters such as CN'),
  /** The called numbers it carries, as flows know them; empty: any. */
  numbers: z.array(z.string().regex(/^\+?[0-9A-Za-z*#_.-]{1,40}$/, 'expected a number such as 4000')).max(200),
  /** Calls at the same time, over all gateways; null: no limit. */
  maxCalls: z.number().int().min(1).max(10_000).nullable(),
}

/** Where and as whom we register (RFC 3261 10.2). */
export const Account = z.object({
  registrar: z
    .string()
    .trim()
    .max(255)
    .regex(
      /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i,
      'expected a host or host:port such as sip.example.com:5060',
    ),
  transport: z.enum(['udp', 'tcp']),
  username: z.string().regex(/^[^\s"<>@:;?]{1,120}$/, 'expected the user part of a SIP address such as 02161234567'),
  /** Name in digest answers, when it is not the user name. */
  authUser: z
    .string()
    .regex(/^[^\p{Cc}"\\]{1,120}$/u, 'expected a name without quotes')
    .nullable(),
  /** Asked for; the registrar may grant another time. */
  expiresS: z.number().int().min(60).max(86_400),
})
export type Account = z.infer<typeof Account>

/** Known by where its calls come from. */
export const AddressTrunk = z.object({
  kind: z.literal('address'),
  ...common,
  addresses: z.array(AddressRange).min(1, 'give at least one address').max(200),
})
/** Known by the contact that we gave its registrar, or by the registrar's address. */
export const RegistrationTrunk = z.object({ kind: z.literal('registration'), ...common, ...Account.shape })

/** A way in from outside, and what calls on it may do. */
export const Trunk = z.discriminatedUnion('kind', [
  AddressTrunk.extend({ id: TrunkId }),
  RegistrationTrunk.extend({ id: TrunkId }),
])
export type Trunk = z.infer<typeof Trunk>
export type TrunkRules = z.infer<typeof AddressTrunk> | z.infer<typeof RegistrationTrunk>
