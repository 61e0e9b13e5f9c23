/**
 * Runs `work` for a key at once, and once more after it if it was asked for meanwhile: never two at a time, never a
 * queue, and the last run sees the last change.
 */
export function coalesce<K>(work: (key: K) => Promise<void>): (key: K) => void {
  const running = new Map<K, 'once' | 'again'>()
  const run = async (key: K): Promise<void> => {
    running.set(key, 'once')
    await work(key)
    const again = running.get(key) === 'again'
    running.delete(key)
    if (again) await run(key)
  }
  return (key) => {
    if (running.has(key)) running.set(key, 'again')
    else void run(key)
  }
}
