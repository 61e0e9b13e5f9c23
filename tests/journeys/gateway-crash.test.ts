import { expect } from 'vitest'
import { type Caller, type Desk, journeyOn } from '../desk/index.ts'

const journey = journeyOn({ gateways: 2 })

journey(
  'a gateway killed while callers wait leaves nothing stuck: each entry ends once, others go on',
  async ({ desk }) => {
    await using callers = new AsyncDisposableStack()
    const waiting: Caller[] = []
    for (const number of ['13900139001', '13900139002']) {
      const caller = callers.use(await desk.caller({ number }))
      await caller.waits()
      waiting.push(caller)
    }
    const [lost, kept] = await byGateway(desk, waiting)
    await desk.gateways[0]?.crash()

    const contact = await desk.ledger.ended(lost.call)
    expect(contact.entries).toMatchObject([{ outcome: 'system_error' }])
    expect(contact.termination).toMatchObject({ party: 'system', reason: 'gateway_lost' })
    expect(contact.events.filter((e) => e.type === 'queue_entry_ended')).toHaveLength(1)

    await using bob = await desk.phoneAgent('bob', 1)
    const ringing = await bob.phone.nextCall()
    expect(ringing.from.uri).toContain(kept.phone.options.user)
    await ringing.answer()
    await desk.ledger.shows(kept.call, 'a segment', (c) => c.segments.length === 1)
    await kept.call.hangup()
    expect(await lost.call.hangup()).toMatchObject({ by: 'us' })
  },
)

/** The callers that the first and the second gateway hold. */
async function byGateway({ sql }: Desk, callers: readonly Caller[]): Promise<[Caller, Caller]> {
  const rows = await sql<
    { callId: string; gatewayId: string }[]
  >`select sip_call_id as call_id, gateway_id from contacts`
  const [first, second] = ['gateway-1', 'gateway-2'].map((gateway) =>
    callers.find(({ call }) => rows.some(({ callId, gatewayId }) => callId === call.id && gatewayId === gateway)),
  )
  if (!first || !second) throw new Error(`calls are not shared: ${JSON.stringify(rows)}`)
  return [first, second]
}
