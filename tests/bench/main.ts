import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { measureMatching } from './acd-matching.ts'
import { describeMachine } from './machine.ts'
import { measureMedia } from './media/measure-media.ts'
import { measureSip } from './sip-calls-per-second.ts'
import { measureOverload } from './sip-overload.ts'
import { matchingTable, mediaTable, offerTable, overloadTable, sipTable } from './tables.ts'
import { measureOffers } from './time-to-offer.ts'

/** `npm run bench -- [sip] [overload] [media] [acd] [offer] [--quick] [--json file] [--peer host:port --secret s] [--rtpengine host:port] [--calls 10,100]` */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    peer: { type: 'string' },
    secret: { type: 'string' },
    rtpengine: { type: 'string' },
    calls: { type: 'string' },
  },
})

const benches = {
  sip: async () => print(await measureSip(values), sipTable),
  overload: async () => print(await measureOverload(values), overloadTable),
  media: async () => print(await measureMedia(values), mediaTable),
  acd: () => onServers(async () => print(await measureMatching(values), matchingTable)),
  offer: () => onServers(async () => print(await measureOffers(values), offerTable)),
}
type Name = keyof typeof benches

const known = Object.keys(benches) as Name[]
const unknown = positionals.find((name) => !known.includes(name as Name))
if (unknown !== undefined) {
  console.error(`there is no benchmark '${unknown}'; choose from ${known.join(', ')}`)
  process.exit(2)
}

const machine = describeMachine()
const { cpu, cores, memoryGb, node, kernel, load } = machine
console.log(`${cpu}, ${cores} cores, ${memoryGb} GB, Node ${node}, Linux ${kernel}, load ${load} before the start\n`)
const results: Record<string, unknown> = {}
for (const name of known)
  if (positionals.length === 0 || positionals.includes(name)) results[name] = await benches[name]()
if (values.json !== undefined) {
  const at = new Date().toISOString()
  await writeFile(values.json, `${JSON.stringify({ at, quick: values.quick, machine, results }, null, 2)}\n`)
}
process.exit(0)

/** With the PostgreSQL and the Redis of the system tests. */
async function onServers<T>(work: () => Promise<T>): Promise<T> {
  const { default: startServers } = await import('../global-setup.ts')
  const stopServers = await startServers()
  try {
    return await work()
  } finally {
    await stopServers()
  }
}

function print<T>(result: T, table: (result: T) => string): T {
  console.log(table(result))
  return result
}
