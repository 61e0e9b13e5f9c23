type Props = { values: readonly (number | null)[]; target?: number; name: string; width?: number; height?: number }

/** A line of shares (0–1) with gaps where there is no value, and the target as a dashed line. */
export function Sparkline({ values, target, name, width = 120, height = 28 }: Props) {
  const step = values.length > 1 ? width / (values.length - 1) : width
  const y = (v: number) => height - 2 - v * (height - 4)
  const runs: string[] = []
  let open = false
  values.forEach((value, i) => {
    if (value === null) {
      open = false
      return
    }
    runs.push(`${open ? 'L' : 'M'}${(i * step).toFixed(1)} ${y(value).toFixed(1)}`)
    open = true
  })
  const last = values.findLastIndex((v) => v !== null)
  const lastValue = values[last]
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width="100%" height={height} preserveAspectRatio="none" role="img">
      <title>{name}</title>
      {target !== undefined && (
        <line x1={0} x2={width} y1={y(target)} y2={y(target)} stroke="var(--c-line-strong)" strokeDasharray="3 3" />
      )}
      <path
        d={runs.join('')}
        fill="none"
        stroke="var(--c-talking)"
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
      {typeof lastValue === 'number' && <circle cx={last * step} cy={y(lastValue)} r={2.2} fill="var(--c-talking)" />}
    </svg>
  )
}
