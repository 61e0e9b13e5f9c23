import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { fuzzMedia } from './media/fuzz-media.ts'
import { fuzzSip } from './sip/fuzz-sip.ts'

/** What one run is told, and where it says how far it is. */
export type FuzzOptions = { seconds: number; seed: number; say(text: string): void }
/** Throws an Error that says what broke; the same seed does the same again. */
export type Fuzzer = (options: FuzzOptions) => Promise<void>

const fuzzers: Record<string, Fuzzer> = { media: fuzzMedia, sip: fuzzSip }

/** `npm run fuzz -- [media] [sip] [--seconds 60] [--seed 7]`: a real server under random and mutated input, until it breaks or time is up. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
  })
  const wanted = positionals.length > 0 ? positionals : Object.keys(fuzzers)
  const seed = Number(values.seed ?? randomInt(2 ** 31))
  for (const name of wanted) {
    const fuzzer = fuzzers[name]
    if (!fuzzer) throw new Error(`no fuzzer ${name}: there are ${Object.keys(fuzzers).join(', ')}`)
    console.log(`${name}: ${values.seconds} s, seed ${seed}`)
    await fuzzer({ seconds: Number(values.seconds), seed, say: (text) => console.log(`  ${text}`) })
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
