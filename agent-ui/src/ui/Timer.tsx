import { formatDuration } from './duration.ts'
import { useNow } from './use-now.ts'

/** Time since an instant of the server's clock; `offsetMs` = server − this computer. Fixed width, so nothing jumps. */
export function Timer({ since, offsetMs = 0, className }: { since: number; offsetMs?: number; className?: string }) {
  const now = useNow()
  return <span className={`timer ${className ?? ''}`}>{formatDuration(now + offsetMs - since)}</span>
}
