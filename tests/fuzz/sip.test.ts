import { expect, it } from 'vitest'
import { fuzzSip } from './sip/fuzz-sip.ts'

it('a SIP server lives through two seconds of mutated messages and torn streams', async () => {
  const said: string[] = []
  await fuzzSip({ seconds: 2, seed: 4475, say: (text) => said.push(text) })
  expect(said).toEqual([expect.stringMatching(/^\d+ datagrams/)])
})
