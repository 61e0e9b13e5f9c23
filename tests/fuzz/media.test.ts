import { expect, it } from 'vitest'
import { fuzzMedia } from './media/fuzz-media.ts'

it('a media server lives through two seconds of broken input', async () => {
  const said: string[] = []
  await fuzzMedia({ seconds: 2, seed: 20_261_122, say: (text) => said.push(text) })
  expect(said).toEqual([expect.stringMatching(/^\d+ rounds/)])
})
