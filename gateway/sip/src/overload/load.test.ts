import { describe, expect, it } from 'vitest'
import { Load } from './load.ts'

const limits = { utilization: 0.95, appDelayMs: 200, minCalls: 5 }
const some = (ms: number) => Array.from({ length: 20 }, (_, i) => ms + i)
const busy = { utilization: 1, calls: 100, appDelays: [] }
const quiet = { utilization: 0.3, calls: 100, appDelays: [] }

describe('how many calls are taken', () => {
  it('[OL1] all, while the event loop has time', () => {
    const load = new Load(limits)
    for (let i = 0; i < 100; i++) load.observe({ ...quiet, utilization: 0.94 })
    expect(load.share).toBe(1)
  })

  it('[OL1] fewer within a few windows of a busy event loop, and all again some seconds after', () => {
    const load = new Load(limits)
    for (let i = 0; i < 8; i++) load.observe(busy)
    expect(load.share).toBeLessThan(0.5)
    for (let i = 0; i < 50; i++) load.observe(quiet)
    expect(load.share).toBe(1)
  })

  it('[OL1] never none', () => {
    const load = new Load(limits)
    for (let i = 0; i < 1000; i++) load.observe(busy)
    expect(load.share).toBeGreaterThan(0)
  })

  it('[OL1] all, when one window alone is busy, or there are too few calls to be the cause', () => {
    const load = new Load(limits)
    for (let i = 0; i < 100; i++) load.observe(i % 2 === 0 ? busy : quiet)
    for (let i = 0; i < 100; i++) load.observe({ ...busy, calls: 4 })
    expect(load.share).toBe(1)
  })

  it('[OL2] fewer when even the quickest response of applications has to wait', () => {
    const load = new Load(limits)
    for (let i = 0; i < 10; i++) load.observe({ ...quiet, appDelays: some(5) })
    expect(load.share).toBe(1)
    for (let i = 0; i < 8; i++) load.observe({ ...quiet, appDelays: some(400) })
    expect(load.share).toBeLessThan(0.5)
  })

  it('[OL2] all, when an application is slow but not slower than ever, or when only some calls are', () => {
    const load = new Load(limits)
    for (let i = 0; i < 100; i++) load.observe({ ...quiet, appDelays: some(3000) })
    for (let i = 0; i < 100; i++) load.observe({ ...quiet, appDelays: [...some(9000), 3000] })
    expect(load.share).toBe(1)
    for (let i = 0; i < 9; i++) load.observe({ ...quiet, appDelays: [20_000] })
    expect(load.share).toBe(1)
  })

  it('[OL2] a long overload does not pass for the usual', () => {
    const load = new Load(limits)
    for (let i = 0; i < 10; i++) load.observe({ ...quiet, appDelays: some(5) })
    for (let i = 0; i < 10_000; i++) load.observe({ ...quiet, appDelays: some(1000) })
    expect(load.share).toBeLessThan(0.2)
  })
})
