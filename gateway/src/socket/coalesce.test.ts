import { expect, it } from 'vitest'
import { coalesce } from './coalesce.ts'

it('runs once more after a run that was asked again meanwhile, and no oftener', async () => {
  const gates: (() => void)[] = []
  let runs = 0
  const ask = coalesce<string>(async () => {
    runs++
    await new Promise<void>((open) => gates.push(open))
  })
  ask('a')
  ask('a')
  ask('a')
  expect(runs).toBe(1)
  gates[0]?.()
  await expect.poll(() => runs).toBe(2)
  gates[1]?.()
  ask('b')
  await expect.poll(() => runs).toBe(3)
  expect(gates).toHaveLength(3)
})
