import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CommandName, DeskView } from '@ringdown/core/contract'
import { ok, UserId } from '@ringdown/core/kernel'
import { pino } from 'pino'
import { io, type Socket } from 'socket.io-client'
import { afterEach, expect, it } from 'vitest'
import type { Caller } from '../http/caller.ts'
import { createAllowance } from './allowance.ts'
import { type SocketLimits, socketLimits } from './limits.ts'
import { openSocketServer } from './server.ts'

const ALICE = UserId.parse('00000000-0000-4000-8000-000000000001')
const BOB = UserId.parse('00000000-0000-4000-8000-000000000002')
const empty: DeskView = { version: 0, agent: null, offer: null, call: null, wrapUp: null, now: 0 }
const PLENTY = { burst: 1000, perSecond: 1000 }

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

it('answers commands that come too fast with when to try again, over all pages of a user and of nobody else', async () => {
  const server = await serve({ commands: { burst: 3, perSecond: 10 } })
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
  const server = await serve({ connections: { burst: 2, perSecond: 1 } })
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
  const server = await serve({ attempts: { burst: 2, perSecond: 1 } })
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

/** A socket server whose clock stands still unless told, with every limit wide but those given. */
async function serve(limits: Partial<SocketLimits>) {
  const http = createServer()
  const seen = { now: 1_000, ran: [] as CommandName[], lookedUp: 0 }
  const server = openSocketServer({
    http,
    callerOfCookie: async (cookie) => {
      seen.lookedUp++
      return cookie ? callerOf(UserId.parse(cookie)) : undefined
    },
    run: async (name) => {
      seen.ran.push(name)
      return ok({})
    },
    views: {
      composeDesk: async () => empty,
      composeBoard: async () => ({ at: 0, queues: [], callers: [], agents: [] }),
    },
    presence: { pageOpened: () => undefined, pageClosed: () => undefined },
    log: pino({ level: 'silent' }),
    clock: () => seen.now,
    limits: { attempts: PLENTY, connections: PLENTY, commands: PLENTY, ...limits },
    addressOf: ({ socket }) => socket.remoteAddress ?? '',
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  open.push(() => server.close())
  const { port } = http.address() as AddressInfo
  const page = async (userId: UserId | undefined): Promise<Socket> => {
    const socket = io(`http://127.0.0.1:${port}`, {
      ...{ transports: ['websocket'], forceNew: true, reconnection: false },
      ...(userId && { extraHeaders: { cookie: userId } }),
    })
    open.push(() => socket.disconnect())
    await new Promise<void>((connected, refused) => {
      socket.once('connect', connected)
      socket.once('connect_error', refused)
    })
    return socket
  }
  return Object.assign(seen, { page })
}

const callerOf = (userId: UserId): Caller => ({
  ...{ userId, name: 'somebody', role: 'supervisor' },
  ...{ sessionId: userId, token: userId, csrfToken: userId },
})
