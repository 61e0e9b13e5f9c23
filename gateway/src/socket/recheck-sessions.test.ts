import { UserId } from '@ringdown/core/kernel'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { recheckSessions } from './recheck-sessions.ts'
import { TestPages } from './test-pages.ts'

const ALICE = UserId.parse('00000000-0000-4000-8000-000000000001')
const BOB = UserId.parse('00000000-0000-4000-8000-000000000002')

it('closes the pages of a session that ended elsewhere, says why, and leaves the others', async () => {
  await using server = await TestPages.serve()
  const [alice, bob] = [await server.page(ALICE), await server.page(BOB)]
  const ended = new Promise((resolve) => alice.once('session:ended', resolve))
  const closed = new Promise((resolve) => alice.once('disconnect', resolve))
  const checked: (string | undefined)[] = []
  using _ = recheckSessions(server.server, {
    callerOfCookie: async (cookie) => {
      checked.push(cookie)
      if (cookie === ALICE) return undefined
      if (checked.length > 4) throw new Error('the database is away')
      return { ...{ userId: BOB, name: 'Bob', role: 'agent' }, ...{ sessionId: BOB, token: BOB, csrfToken: BOB } }
    },
    log: pino({ level: 'silent' }),
    everyMs: 5,
  })
  expect(await ended).toEqual({ reason: 'expired' })
  await closed
  await expect.poll(() => checked.filter((cookie) => cookie === BOB).length).toBeGreaterThan(5)
  expect(bob.connected).toBe(true)
})
