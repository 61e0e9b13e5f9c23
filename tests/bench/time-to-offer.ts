import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserAgent, Desk, numbers, type PhoneAgent, until } from '../desk/index.ts'
import { Phone } from '../sip/index.ts'
import { type Percentiles, percentilesOf } from './percentiles.ts'

export type OfferResult = {
  callersWaiting: number
  /** From the agent's command to be available until the server made the offer. */
  availableToOffer: Percentiles
  /** The same until the INVITE has arrived at the agent's phone. */
  availableToInvite: Percentiles
  /** From the offer until the pop was painted in Chromium. */
  offerToPainted: Percentiles
}

const notReady = { status: 'not_ready', reason: 'other' } as const
const available = { status: 'available' } as const

/** Callers wait, an agent becomes available, again and again: how soon does his phone ring, and his page show who calls? */
export async function measureOffers({ quick }: { quick: boolean }): Promise<OfferResult> {
  const callers = quick ? 20 : 100
  // one fewer, and one for warming up: who refused a caller is not offered him again for a while
  const rounds = quick ? 10 : callers - 1
  await using desk = await Desk.start({ env: { RINGDOWN_MEDIA_RTP_TIMEOUT_MS: '3600000' } })
  await desk.sql`update queues set max_wait_ms = null, offer_ms = 20000, announce_every_ms = null`
  await using _callers = await queueUp(desk, callers)
  await untilWaiting(desk, callers)
  const phone = await measurePhone(desk, rounds)
  await untilWaiting(desk, callers)
  const page = await measurePage(desk, rounds)
  return { callersWaiting: callers, ...phone, offerToPainted: page }
}

/** Callers who say nothing and do not listen: their audio would be this machine's work too. */
async function queueUp({ sipServer }: Desk, callers: number): Promise<Phone> {
  const phone = await Phone.start({ user: 'callers', domain: sipServer, server: sipServer })
  for (let n = 0; n < callers; n++) {
    const call = await phone.call(numbers.straight, { from: String(13_900_100_000 + n) })
    await call.untilAnswered()
    await call.audio.close()
  }
  return phone
}

async function untilWaiting({ sql }: Desk, callers: number): Promise<void> {
  const waiting = async () => {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from queue_entries where outcome is null`
    return row?.count
  }
  await until(`${callers} waiting callers`, async () => (await waiting()) === callers, {
    withinMs: 60_000,
    seen: waiting,
  })
}

async function measurePhone(desk: Desk, rounds: number) {
  await using alice = await desk.phoneAgent('alice')
  await refuseOne(alice)
  const toOffer: number[] = []
  const toInvite: number[] = []
  for (let round = 0; round < rounds; round++) {
    const startedAt = Date.now()
    const [arrivedAt] = await Promise.all([
      refuseOne(alice),
      alice.api.command('agent:set-status', { chosen: available }),
    ])
    toInvite.push(arrivedAt.invitedAt - startedAt)
    toOffer.push(arrivedAt.offeredAt - startedAt)
  }
  return { availableToOffer: percentilesOf(toOffer), availableToInvite: percentilesOf(toInvite) }
}

/** Waits for the phone to ring, and sends the agent on a break instead of answering. */
async function refuseOne({ api, phone }: PhoneAgent): Promise<{ invitedAt: number; offeredAt: number }> {
  const ringing = await phone.nextCall()
  const invitedAt = Date.now()
  const { offer } = await until('the offer', async () => {
    const view = await api.command('desk:read', {})
    return view.offer && view
  })
  await api.command('agent:set-status', { chosen: notReady })
  await ringing.reject(486)
  await untilIdle(api)
  return { invitedAt, offeredAt: offer!.offeredAt }
}

async function measurePage(desk: Desk, rounds: number): Promise<Percentiles> {
  await using bob = await desk.browser('bob')
  await bob.page.evaluate(await readFile(join(import.meta.dirname, 'paint-watch.js'), 'utf8'))
  await bob.hasHeadset()
  const painted: number[] = []
  for (let round = 0; round < rounds; round++) {
    await bob.api.command('agent:set-status', { chosen: available })
    painted.push(await paintOne(bob))
  }
  return percentilesOf(painted)
}

async function paintOne({ api, page }: BrowserAgent): Promise<number> {
  const paintedAt = await until('a painted pop', () =>
    page.evaluate(() => (globalThis as unknown as { paintedPops: number[] }).paintedPops.pop()),
  )
  const { offer } = await api.command('desk:read', {})
  if (!offer) throw new Error('the pop is painted, and there is no offer')
  await api.command('agent:set-status', { chosen: notReady })
  await api.command('offer:reject', { offerId: offer.offerId })
  await untilIdle(api)
  await page.getByTestId('incoming-pop').waitFor({ state: 'detached' })
  return paintedAt - offer.offeredAt
}

async function untilIdle(api: PhoneAgent['api']): Promise<void> {
  await until('an idle agent', async () => (await api.command('desk:read', {})).agent?.work.state === 'idle')
}
