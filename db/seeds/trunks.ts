import { unwrap } from '@ringdown/core/kernel'
import { createTrunk, type ISql } from '../postgres/index.ts'

const open = { kind: 'address', enabled: true, defaultCountry: 'CN', maxCalls: null } as const

/** The demo takes calls from wherever it is reached. */
export async function seedDemoTrunk(sql: ISql): Promise<void> {
  unwrap(await createTrunk(sql, { ...open, numbers: [], name: 'Anyone (demo)', addresses: ['0.0.0.0/0', '::/0'] }))
}

/** A new installation takes calls from its own network (RFC 1918, RFC 4193); carriers are added by its administrator. */
export async function seedPrivateTrunk(sql: ISql): Promise<void> {
  const ipv4 = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']
  const name = 'This machine and private networks'
  unwrap(await createTrunk(sql, { ...open, numbers: [], name, addresses: [...ipv4, '::1/128', 'fc00::/7'] }))
}
