import { expect, it } from 'vitest'
import { mailbox } from './mailbox.ts'

it('[CT1] does one deed after the other, and goes on after one that fails', async () => {
  const run = mailbox()
  const done: string[] = []
  const gate = Promise.withResolvers<void>()
  const first = run(async () => {
    await gate.promise
    done.push('first')
  })
  const second = run(async () => {
    done.push('second')
    throw new Error('no')
  })
  const third = run(async () => done.push('third'))
  expect(done).toEqual([])
  gate.resolve()
  await Promise.all([first, expect(second).rejects.toThrow('no'), third])
  expect(done).toEqual(['first', 'second', 'third'])
})
