const EVERY_MS = 1000

/** The tab's title turns between its own text and the caller; returns how to restore it. */
export function flashTitle(text: string): () => void {
  const own = document.title
  document.title = text
  const timer = setInterval(() => {
    document.title = document.title === text ? own : text
  }, EVERY_MS)
  return () => {
    clearInterval(timer)
    document.title = own
  }
}
