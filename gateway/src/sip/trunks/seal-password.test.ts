import { randomUUID } from 'node:crypto'
import { TrunkId } from '@ringdown/core/kernel'
import { expect, it } from 'vitest'
import { passwordSeal } from './seal-password.ts'

const trunk = TrunkId.parse(randomUUID())
const { seal, open } = passwordSeal('the secret of this installation')

it('opens what it sealed, and seals it differently each time', () => {
  const [first, second] = [seal(trunk, 'päss 密码'), seal(trunk, 'päss 密码')]
  expect(first).not.toBe(second)
  expect(first).not.toContain('päss')
  expect([open(trunk, first), open(trunk, second)]).toEqual(['päss 密码', 'päss 密码'])
})

it('opens nothing for another trunk, with another secret, or after a change', () => {
  const sealed = seal(trunk, 'secret')
  const [iv, tag, text = ''] = sealed.split('.')
  const changed = [iv, tag, `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`].join('.')
  expect(() => open(TrunkId.parse(randomUUID()), sealed)).toThrow()
  expect(() => passwordSeal('another secret').open(trunk, sealed)).toThrow()
  expect(() => open(trunk, changed)).toThrow()
  expect(() => open(trunk, [iv, tag?.slice(0, 6), text].join('.'))).toThrow('no sealed password')
  expect(() => open(trunk, '')).toThrow('no sealed password')
})
