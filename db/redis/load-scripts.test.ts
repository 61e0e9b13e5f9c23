import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bookKeys, redisKeys } from './keys.ts'
import { readScripts } from './load-scripts.ts'

it('reads every script with its includes in place', () => {
  const scripts = readScripts(join(import.meta.dirname, 'scripts'))
  const claim = scripts.find(({ name }) => name === 'claim')
  expect(claim?.lua).toContain('local function is_routable')
  expect(scripts.every(({ lua }) => !lua.includes('@include'))).toBe(true)
  expect(scripts.every(({ numberOfKeys }) => numberOfKeys === bookKeys(redisKeys()).length)).toBe(true)
})

it('refuses a file that is not named after its key count', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'ringdown-scripts-'))
  try {
    await writeFile(join(dir, 'claim.lua'), 'return 1')
    expect(() => readScripts(dir)).toThrow('claim.lua: a script is named <verb>-<number of keys>.lua')
  } finally {
    await rm(dir, { recursive: true })
  }
})

it('keeps all keys in one slot of a cluster', () => {
  expect(bookKeys(redisKeys('copy-2')).every((key) => key.startsWith('copy-2:ringdown:{acd}:'))).toBe(true)
})
