type Props = { share: number; size?: number; children?: React.ReactNode; urgent?: boolean }
const RADIUS = 20

/** A ring that empties as `share` goes from 1 to 0. */
export function TimeRing({ share, size = 48, urgent = false, children }: Props) {
  const round = 2 * Math.PI * RADIUS
  return (
    <span style={{ position: 'relative', display: 'inline-grid', placeItems: 'center', width: size, height: size }}>
      <svg viewBox="0 0 48 48" width={size} height={size} aria-hidden="true" style={{ position: 'absolute' }}>
        <circle cx={24} cy={24} r={RADIUS} fill="none" stroke="var(--c-line)" strokeWidth={4} />
        <circle
          cx={24}
          cy={24}
          r={RADIUS}
          fill="none"
          stroke={urgent ? 'var(--c-problem)' : 'var(--c-wrap-up)'}
          strokeWidth={4}
          strokeLinecap="round"
          strokeDasharray={`${round * Math.max(0, Math.min(1, share))} ${round}`}
          transform="rotate(-90 24 24)"
        />
      </svg>
      {children}
    </span>
  )
}
