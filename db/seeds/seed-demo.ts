import { FlowId } from '@ringdown/core/kernel'
import demoFlow from '@ringdown/ivr/flows/demo' with { type: 'json' }
import { importContacts } from '../postgres/import-contacts.ts'
import { appendAgentEvents, type ISql, inTransaction, savePeaks } from '../postgres/index.ts'
import { demoCalls, eventsOf } from './calls/index.ts'
import { demoCustomers } from './customers.ts'
import { insertCustomers, insertLadders, insertTickets } from './insert.ts'
import { installStandards } from './installation.ts'
import { demoLadders } from './ladders.ts'
import { NumberBook } from './phone-numbers.ts'
import { seededRandom } from './random.ts'
import { demoRecordings } from './recordings.ts'
import { isSeeded } from './seed-empty.ts'
import { demoShifts } from './shifts/index.ts'
import { seedStaff } from './staff.ts'
import { demoTickets, tourTickets } from './tickets.ts'
import { seedDemoTrunk } from './trunks.ts'

/**
 * Fills an empty database with the demo: the same people, calls and tickets every time, told back from `now`.
 * Writes the recordings' files below `recordingDir`.
 * @returns false when the database was filled before
 */
export async function seedDemo(
  sql: ISql,
  { now, recordingDir }: { now: number; recordingDir: string },
): Promise<boolean> {
  const random = seededRandom(20_260_101)
  return inTransaction(sql, async (tx) => {
    if (await isSeeded(tx)) return false
    const flowId = FlowId.parse(random.uuid())
    await installStandards(tx, { settings: { company: 'Ringdown 演示', demo: true }, flow: demoFlow, flowId })
    await seedDemoTrunk(tx)
    const staff = await seedStaff(tx, random)

    const numbers = new NumberBook(random)
    const customers = demoCustomers(random, numbers, now)
    const calls = demoCalls({ customers, staff, numbers, flowId, random, now })
    const [tourCustomer] = customers
    if (!tourCustomer) throw new Error('the demo has no customers')
    const tickets = demoTickets(calls, { tourCustomer, random, now })
    const recordings = await demoRecordings(calls, recordingDir, random)
    // Of its own, so that the rest of the demo does not hang on how much is drawn here.
    const beside = seededRandom(20_260_102)

    await insertCustomers(tx, customers)
    await insertTickets(tx, [...tickets, ...tourTickets(tourCustomer, staff.agents[0], now)])
    await importContacts(tx, eventsOf(calls))
    await insertLadders(tx, demoLadders(calls, beside))
    await appendAgentEvents(tx, demoShifts(calls, { staff, random: beside, now }))
    for (const { id, peaks } of recordings) await savePeaks(tx, id, peaks)
    // The first pages shall not wait for autovacuum to count what came in.
    await tx`analyze`
    return true
  })
}
