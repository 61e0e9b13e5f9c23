import { describe, expect, it } from 'vitest'
import { until } from '../test-kit/media-fixture.ts'
import { TICK_MS, TickEngine } from './engine.ts'

function stall(ms: number): void {
  const startAt = performance.now()
  while (performance.now() - startAt < ms);
}

describe('tick engine', () => {
  it('[EN1] catches up late ticks, and keeps to its grid', async () => {
    const ticks: { at: number; tick: number }[] = []
    const engine = new TickEngine(() => {})
    engine.add({ tick: (at, tick) => ticks.push({ at, tick }) })
    engine.start()
    await until(() => ticks.length >= 5)
    stall(100)
    await until(() => ticks.length >= 25)
    engine.stop()
    for (const [i, { at, tick }] of ticks.entries()) {
      expect(tick).toBe(i)
      expect(at - ticks[0]!.at).toBeCloseTo(i * TICK_MS, 3)
    }
    expect(engine.skipped).toBe(0)
  })

  it('[EN2] gives up what a long stall missed, and says so', async () => {
    const ticks: number[] = []
    const engine = new TickEngine(() => {})
    engine.add({ tick: (_at, tick) => ticks.push(tick) })
    engine.start()
    await until(() => ticks.length >= 5)
    stall(700)
    await until(() => ticks.length >= 15)
    engine.stop()
    expect(engine.skipped).toBeGreaterThanOrEqual(30)
    expect(ticks.at(-1)! + 1 - ticks.length).toBe(engine.skipped)
  })

  it('[EN3] one failing ticker does not stop the others', async () => {
    const errors: unknown[] = []
    let ticks = 0
    const engine = new TickEngine((error) => errors.push(error))
    engine.add({
      tick: () => {
        throw new Error('broken')
      },
    })
    engine.add({ tick: () => ticks++ })
    engine.start()
    await until(() => ticks >= 3)
    engine.stop()
    expect(errors.length).toBeGreaterThanOrEqual(3)
  })
})
