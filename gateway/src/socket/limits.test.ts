import { UserId } from '@ringdown/core/kernel'
import { expect, it } from 'vitest'
import { createAllowance } from './allowance.ts'
import { socketLimits } from './limits.ts'
import { TestPages } from './test-pages.ts'

const ALICE = UserId.parse('00000000-0000-4000-8000-000000000001')
const BOB = UserId.parse('00000000-0000-4000-8000-000000000002')

it('answers commands that come too fast with when to try again, over all pages of a user and of nobody else', async () => {
  await using server = await TestPages.serve({ commands: { burst: 3, perSecond: 10 } })
  const [first, second, bob] = [await server.page(ALICE), await server.page(ALICE), await server.page(BOB)]
  const mute = { contactId: 'x', muted: true }
  for (const page of [first, second, first])
    expect(await page.emitWithAck('call:mute', mute)).toMatchObject({ ok: true })
  const refused = { ok: false, error: { code: 'too_many', retryAfterMs: 100, message: expect.stringContaining('1 s') } }
  expect(await second.emitWithAck('call:mute', mute)).toEqual(refused)
  expect(await first.emitWithAck('board:watch', { watch: true })).toEqual(refused)
  expect(server.ran).toEqual(Array(3).fill('call:mute'))
  expect(await bob.emitWithAck('call:mute', mute)).toMatchObject({ ok: true })
  server.now += 100
  expect(await second.emitWithAck('call:mute', mute)).toMatchObject({ ok: true })
})

it('refuses a user who connects again and again, before he costs more', async () => {
  await using server = await TestPages.serve({ connections: { burst: 2, perSecond: 1 } })
  for (let i = 0; i < 2; i++) (await server.page(ALICE)).disconnect()
  await expect(server.page(ALICE)).rejects.toMatchObject({
    message: 'too_many',
    data: { code: 'too_many', retryAfterMs: 1000 },
  })
  await server.page(BOB)
  server.now += 1000
  await server.page(ALICE)
})

it('refuses an address that tries again and again, without asking who it is', async () => {
  await using server = await TestPages.serve({ attempts: { burst: 2, perSecond: 1 } })
  for (let i = 0; i < 2; i++) await expect(server.page(undefined)).rejects.toThrow('not_signed_in')
  await expect(server.page(undefined)).rejects.toMatchObject({ data: { code: 'too_many', retryAfterMs: 1000 } })
  expect(server.lookedUp).toBe(2)
})

it('never stops somebody who works fast: fifteen keys a second, and a page that sends all it has at once', () => {
  let now = 0
  const allowance = createAllowance(socketLimits(1_200).commands, () => now)
  for (let i = 0; i < 30; i++) expect(allowance.take(ALICE)).toBe(0)
  for (; now < 600_000; now += 1000 / 15) expect(allowance.take(ALICE)).toBe(0)
})
