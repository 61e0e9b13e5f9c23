const NAME = 'ringdown-headset'

/**
 * One page of a browser holds the headset: a second tab, opened to look something up, must not take a caller's voice away.
 * It gets its turn by itself when the first closes, or at once with `steal`; the page it was taken from waits in turn.
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
  async function takeTurns(): Promise<void> {
    let how: LockOptions = steal ? { steal: true } : { ifAvailable: true }
    while (!waiting.signal.aborted) {
      try {
        const taken = await navigator.locks.request(NAME, how, (lock) => (lock ? hold() : 'taken'))
        if (taken !== 'taken') return
      } catch {
        // A lock that another page stole ends with AbortError: wait for the next turn.
      }
      if (waiting.signal.aborted) return
      on.elsewhere()
      how = { signal: waiting.signal }
    }
  }
  void takeTurns()
  return () => {
    waiting.abort()
    release()
  }
}
