import { expect, it, vi } from 'vitest'
import { Heartbeat } from './heartbeat.ts'

it('[TH6] gives up what answers no more, once, and never what answers late', async () => {
  vi.useFakeTimers()
  try {
    let answer: () => void = () => {}
    const onHung = vi.fn()
    const beat = vi.fn(() => new Promise<void>((resolve) => (answer = resolve)))
    const heart = new Heartbeat({ beat, withinMs: 1_000, onHung })
    for (let i = 0; i < 10; i++) {
      await vi.advanceTimersByTimeAsync(900)
      answer()
    }
    expect(onHung).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1_300)
    expect(onHung).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(onHung).toHaveBeenCalledTimes(1)
    heart.stop()
  } finally {
    vi.useRealTimers()
  }
})
