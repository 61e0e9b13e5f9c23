import css from './bars.module.css'

export type Bar = { label: string; value: number; title: string }

/** Small upright bars with a label under some of them; the title says the value. */
export function Bars({ bars, name, height = 56 }: { bars: readonly Bar[]; name: string; height?: number }) {
  const most = Math.max(1, ...bars.map((b) => b.value))
  return (
    <div className={css.bars} role="img" aria-label={name}>
      {bars.map((bar) => (
        <div key={bar.label + bar.title} className={css.column} title={bar.title}>
          <div className={css.track} style={{ height }}>
            <span style={{ height: `${(bar.value / most) * 100}%` }} data-empty={bar.value === 0 || undefined} />
          </div>
          <small>{bar.label}</small>
        </div>
      ))}
    </div>
  )
}
