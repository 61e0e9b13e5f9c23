const NAME = 'ringdown-headset'

/**
 * One page of a browser holds the headset: a second tab, opened to look something up, must not take a caller's voice away.
 * It gets its turn by itself when the first closes, or at once with `steal`.
 * @returns how to give it up.
 */
export function claimHeadset(on: { held(): void; elsewhere(): void }, steal: boolean): () => void {
  if (!navigator.locks) {
    on.held()
    return () => {}
  }
  let release = () => {}
  const given = new Promise<void>((resolve) => {
    release = resolve
  })
  const waiting = new AbortController()
  const hold = () => {
    if (waiting.signal.aborted) return
    on.held()
    return given
  }
  async function request(): Promise<void> {
    if (steal) return navigator.locks.request(NAME, { steal: true }, hold)
    const taken = await navigator.locks.request(NAME, { ifAvailable: true }, (lock) => (lock ? hold() : 'taken'))
    if (taken !== 'taken') return
    on.elsewhere()
    return navigator.locks.request(NAME, { signal: waiting.signal }, hold)
  }
  // A lock that was stolen ends with AbortError.
  request().catch(() => {
    if (!waiting.signal.aborted) on.elsewhere()
  })
  return () => {
    waiting.abort()
    release()
  }
}
