import type { TrunkInput, TrunkView } from '@ringdown/core/contract'
import { listAudit, SIP_REALM } from '@ringdown/db/postgres'
import { expect } from 'vitest'
import { type Api, type Desk, journeyOn, numbers, password, type Refused, until } from '../desk/index.ts'
import { Phone } from '../sip/index.ts'
import { Registrar, type RegistrarOptions } from '../sip/phone/registrar.ts'

/** Two gateways take turns: both must know every trunk, and only one may register it. */
const journey = journeyOn({ gateways: 2, env: { RINGDOWN_TRUNK_RETRY_MS: '200' } })

const common = { enabled: true, defaultCountry: 'CN', numbers: [], maxCalls: null }
const account: TrunkInput = {
  ...common,
  ...{ kind: 'registration', name: 'Carrier account', numbers: [numbers.straight], transport: 'udp' },
  ...{ registrar: '127.0.0.1', username: '02161234567', authUser: null, expiresS: 60, password: 'carrier secret' },
}
const known = { username: '02161234567', password: 'carrier secret' }

journey('only known addresses may call in: 403 for everybody else', async ({ desk }) => {
  const admin = await desk.api('admin')
  await only(admin, ['127.0.0.1/32'])
  await both(desk, '127.0.0.2', 403)
  await both(desk, '127.0.0.1', 200)
  const figures = await Promise.all([0, 1].map(async (i) => (await fetch(`${desk.origin(i)}/metrics`)).text()))
  const refused = /^ringdown_calls_refused_total\{reason="unknown_source".*\} [1-9]/m
  expect(figures.every((text) => refused.test(text))).toBe(true)
})

journey('a registered phone of an agent may call from where it is, and nobody else in its name', async ({ desk }) => {
  await only(await desk.api('admin'), ['127.0.0.1/32'])
  const agent = { user: '1001', domain: SIP_REALM, server: desk.sipServer, password }
  await using phone = await Phone.start({ ...agent, host: '127.0.0.5' })
  await both(desk, '127.0.0.5', 403)
  await phone.register()
  const call = await phone.call(numbers.straight)
  await call.untilAnswered()
  await call.hangup()
  expect(await statusFrom(desk, '127.0.0.6', { user: '1001' })).toBe(403)
  await phone.unregister()
})

journey('the country of the trunk reads the number of the caller, and the record names the trunk', async ({ desk }) => {
  const admin = await desk.api('admin')
  const london: TrunkInput = {
    ...{ ...common, kind: 'address', name: 'London', defaultCountry: 'GB', addresses: ['127.0.0.4'] },
    numbers: [numbers.straight],
  }
  await admin.call('createTrunk', { body: london })
  await both(desk, '127.0.0.4', 404, { to: numbers.hotline })
  await using phone = await phoneAt(desk, '127.0.0.4', '02079460123')
  const call = await phone.call(numbers.straight)
  await call.untilAnswered()
  const contact = await desk.ledger.shows(call, 'its begin', ({ events }) => events.length > 0)
  expect(contact.events[0]).toMatchObject({ number: '+442079460123', trunk: { name: 'London' }, to: numbers.straight })
  await call.hangup()
})

journey('a full trunk refuses the next call with 503, over all gateways, until one ends', async ({ desk }) => {
  const admin = await desk.api('admin')
  await only(admin, ['127.0.0.1/32'])
  await admin.call('createTrunk', {
    body: { ...common, kind: 'address', name: 'Two lines', addresses: ['127.0.0.7/32'], maxCalls: 2 },
  })
  await both(desk, '127.0.0.7', 200)
  await until('the end of all calls', async () => (await desk.ledger.alive()).length === 0)
  await using phone = await phoneAt(desk, '127.0.0.7')
  const [first, second] = [await phone.call(numbers.straight), await phone.call(numbers.straight)]
  await Promise.all([first.untilAnswered(), second.untilAnswered()])
  const third = await phone.call(numbers.straight)
  expect(await third.untilEnded()).toMatchObject({ status: 503 })
  expect(phone.messages.find(({ label }) => label === '503')?.text).toMatch(/^Retry-After: \d+/m)
  await first.hangup()
  await until('a free line', async () => (await statusFrom(desk, '127.0.0.7')) === 200)
  await second.hangup()
})

journey('an account is registered, refreshed by one gateway, called through and unregistered', async ({ desk }) => {
  const admin = await desk.api('admin')
  await only(admin, ['127.0.0.1/32'])
  await using registrar = await carrier({ minExpiresS: 120, grantedS: 1, algorithms: ['SHA-256', 'MD5'] })
  const created = await admin.call('createTrunk', { body: { ...account, registrar: registrar.hostPort } })
  expect(JSON.stringify(created)).not.toContain('secret')
  const trunk = await shows(admin, created.id, 'registered')
  expect(trunk).toMatchObject({ hasPassword: true, registration: { address: '127.0.0.1' } })
  await until('two refreshes', async () => answersOf(registrar).filter((status) => status === '200').length >= 3)
  expect(answersOf(registrar).slice(0, 3)).toEqual(['401', '423', '200'])
  expect(new Set(registrar.messages.map(({ callId }) => callId)).size).toBe(1)
  const keepers = await Promise.all([0, 1].map((place) => keeps(desk, place, account.name)))
  expect(keepers.filter(Boolean)).toHaveLength(1)

  const contact = registrar.bindings.get(known.username) ?? ''
  expect(contact).toMatch(/^sip:[0-9a-f]{32}@127\.0\.0\.1:\d+/)
  await using far = await Phone.start({ user: '13900138000', host: '127.0.0.3', server: desk.sipServer })
  for (let i = 0; i < 2; i++) {
    const call = await far.call(contact, { headers: [['P-Called-Party-ID', `<sip:${known.username}@carrier>`]] })
    await call.untilAnswered()
    const { events } = await desk.ledger.shows(call, 'its begin', (c) => c.events.length > 0)
    expect(events[0]).toMatchObject({ to: numbers.straight, trunk: { id: created.id } })
    await call.hangup()
  }

  await admin.call('deleteTrunk', { params: { trunkId: created.id } })
  await until('the unregistering', async () => registrar.bindings.size === 0)
  await until('403 for the old contact', async () => (await statusFrom(desk, '127.0.0.3', { to: contact })) === 403)
})

journey('a wrong password is shown as failing; the right one registers at once', async ({ desk }) => {
  const admin = await desk.api('admin')
  await using registrar = await carrier({ algorithms: ['MD5'] })
  const rules = { ...account, name: 'Second account', registrar: registrar.hostPort }
  const { id } = await admin.call('createTrunk', { body: { ...rules, password: 'wrong' } })
  expect(await shows(admin, id, 'failing')).toMatchObject({ registration: { status: 401 } })
  const changing = { params: { trunkId: id }, body: { ...rules, password: known.password } }
  await admin.call('changeTrunk', changing)
  await shows(admin, id, 'registered')
  const { password: _, ...same } = rules
  await admin.call('changeTrunk', { params: { trunkId: id }, body: { ...same, name: 'Renamed', maxCalls: 4 } })
  expect(await shows(admin, id, 'registered')).toMatchObject({ name: 'Renamed', hasPassword: true })
  await admin.call('changeTrunk', { params: { trunkId: id }, body: { ...same, enabled: false } })
  await until('the unregistering', async () => registrar.bindings.size === 0)
  expect((await trunkOf(admin, id)).registration).toBeNull()
  const audit = await listAudit(desk.sql, { subjectId: id, limit: 10 })
  expect(audit.map(({ action }) => action)).toEqual([...Array(3).fill('trunk.changed'), 'trunk.created'])
  expect(JSON.stringify(audit)).not.toMatch(/secret|assword/)
  const [row] = await desk.sql<{ sealed: string }[]>`select password_sealed as sealed from trunks where id = ${id}`
  expect(row?.sealed).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
})

journey('what is wrong with a trunk is said with its field, and only administrators may ask', async ({ desk }) => {
  const admin = await desk.api('admin')
  const carol = await desk.api('carol')
  await expect(carol.call('listTrunks', {})).rejects.toMatchObject({ status: 403 })
  const address: TrunkInput = { ...common, kind: 'address', name: 'Bad', addresses: ['127.0.0.9'] }
  const refusal = (body: unknown) =>
    admin.call('createTrunk', { body: body as TrunkInput }).then(
      () => null,
      (error: Refused) => [error.field, error.message.split(': ').slice(2).join(': ')],
    )
  expect(await refusal({ ...address, addresses: ['10.0.0.0/8', 'ten'] })).toEqual([
    'body.addresses.1',
    'expected an IP address or CIDR such as 203.0.113.0/24',
  ])
  expect(await refusal({ ...address, defaultCountry: 'XX' })).toMatchObject(['body.defaultCountry', /ISO/])
  expect(await refusal({ ...address, addresses: [] })).toMatchObject(['body.addresses', /at least one/])
  expect(await refusal({ ...account, registrar: 'sip:host' })).toMatchObject(['body.registrar', /host:port/])
  expect(await refusal({ ...account, username: 'a b' })).toMatchObject(['body.username', /user part/])
  expect(await refusal({ ...address, name: 'this machine and PRIVATE networks' })).toMatchObject(['body.name', /taken/])
})

journey('an administrator makes a trunk on the page, and is told which address is wrong', async ({ desk }) => {
  await using admin = await desk.browser('admin')
  const { page } = admin
  await page.goto(`${desk.origin()}/settings/trunks`)
  await page.getByText('This machine and private networks').waitFor()
  await page.getByRole('button', { name: '新建中继' }).click()
  await page.getByLabel('名称').fill('上海电信')
  await page.getByLabel('地址或网段').fill('203.0.113.0/24\nten')
  await page.getByLabel('并发上限').fill('30')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('alert').filter({ hasText: '203.0.113.0/24' }).waitFor()
  await page.getByLabel('地址或网段').fill('203.0.113.0/24')
  await page.getByRole('button', { name: '保存' }).click()
  const row = page.getByRole('row').filter({ hasText: '上海电信' })
  await row.getByText('203.0.113.0/24').waitFor()
  expect(await row.textContent()).toContain('可呼入')
  const [made] = (await admin.api.call('listTrunks', {})).filter(({ name }) => name === '上海电信')
  expect(made).toMatchObject({ addresses: ['203.0.113.0/24'], maxCalls: 30, defaultCountry: 'CN' })
})

journey(
  'when the gateway that registers a trunk dies, the other one goes on with it; stopped, it unregisters',
  async ({ desk }) => {
    const admin = await desk.api('admin')
    await using registrar = await carrier({ grantedS: 1 })
    const name = 'Third account'
    const { id } = await admin.call('createTrunk', { body: { ...account, name, registrar: registrar.hostPort } })
    await shows(admin, id, 'registered')
    const keepers = await Promise.all([0, 1].map((place) => keeps(desk, place, name)))
    const dying = keepers.indexOf(true)
    expect(keepers).toContain(true)
    await desk.gateways[dying]!.crash()
    await until('the other gateway', () => keeps(desk, 1 - dying, name))
    expect(registrar.bindings.size).toBe(1)
    await desk.gateways[1 - dying]![Symbol.asyncDispose]()
    expect(registrar.bindings.size).toBe(0)
  },
)

/** The seeded trunk admits only these from now on; all others are gone. */
async function only(admin: Api, addresses: string[]): Promise<void> {
  const [seeded, ...others] = (await admin.call('listTrunks', {})).sort(
    (a, b) => Number(b.name.startsWith('This')) - Number(a.name.startsWith('This')),
  )
  for (const { id } of others) await admin.call('deleteTrunk', { params: { trunkId: id } })
  await admin.call('changeTrunk', {
    params: { trunkId: seeded!.id },
    body: { ...common, kind: 'address', name: seeded!.name, addresses },
  })
}

const phoneAt = (desk: Desk, host: string, user = '13900138000') => Phone.start({ user, host, server: desk.sipServer })

/** How a call from an address ends: 200 when it was answered. */
async function statusFrom(desk: Desk, host: string, { user = '13900138000', to = numbers.straight as string } = {}) {
  await using phone = await phoneAt(desk, host, user)
  const call = await phone.call(to)
  const answered = await call.untilAnswered().then(
    () => true,
    () => false,
  )
  if (answered) await call.hangup()
  return answered ? 200 : (await call.untilEnded()).status
}

/** Waits until both gateways, which take turns, give calls from an address this status. */
async function both(desk: Desk, host: string, status: number, options: { to?: string } = {}): Promise<void> {
  let seen: unknown
  await until(
    `${status} for ${host}`,
    async () => {
      seen = [await statusFrom(desk, host, options), await statusFrom(desk, host, options)]
      return (seen as number[]).every((each) => each === status)
    },
    { seen: () => seen },
  )
}

const carrier = (options: Partial<RegistrarOptions>) =>
  Registrar.start({ realm: 'carrier', users: [known], algorithms: ['MD5'], ...options })

/** Does this gateway keep the registration, and does it stand? */
async function keeps(desk: Desk, place: number, trunk: string): Promise<boolean> {
  const metrics = await (await fetch(`${desk.origin(place)}/metrics`)).text()
  return new RegExp(`^ringdown_trunk_registered\\{trunk="${trunk}".*\\} 1$`, 'm').test(metrics)
}

const answersOf = (registrar: Registrar): string[] =>
  registrar.messages.filter(({ direction }) => direction === 'sent').map(({ label }) => label)

async function trunkOf(admin: Api, id: TrunkView['id']): Promise<Extract<TrunkView, { kind: 'registration' }>> {
  const trunk = (await admin.call('listTrunks', {})).find((each) => each.id === id)
  if (trunk?.kind !== 'registration') throw new Error(`trunk ${id} is no registration`)
  return trunk
}

async function shows(admin: Api, id: TrunkView['id'], state: 'registered' | 'failing') {
  let seen: unknown
  const read = async () => {
    const trunk = await trunkOf(admin, id)
    seen = trunk.registration
    return trunk.registration?.state === state ? trunk : null
  }
  return until(`a trunk that is ${state}`, read, { seen: () => seen })
}
