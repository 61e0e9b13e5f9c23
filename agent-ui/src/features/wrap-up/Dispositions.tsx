import type { Disposition } from '@ringdown/core/contract'
import { useWords } from '../catalogue/index.ts'
import { useShortcut } from '../shortcuts/index.ts'
import css from './wrap-up.module.css'

type Props = { all: readonly Disposition[]; value: string | undefined; onChoose: (key: string) => void }

/** What the call was; the first nine by their number. */
export function Dispositions({ all, value, onChoose }: Props) {
  const { local } = useWords()
  const sorted = all.toSorted((a, b) => a.position - b.position)
  useShortcut('disposition', (index) => {
    const chosen = sorted[index]
    if (chosen) onChoose(chosen.key)
  })
  return (
    <div className={css.dispositions} role="radiogroup">
      {sorted.map((each, i) => (
        // biome-ignore lint/a11y/useSemanticElements: one key press chooses, also while another is focused
        <button
          key={each.key}
          type="button"
          role="radio"
          aria-checked={each.key === value}
          data-testid={`disposition-${each.key}`}
          onClick={() => onChoose(each.key)}
        >
          <span aria-hidden="true">{i < 9 ? i + 1 : ''}</span>
          {local(each.name)}
        </button>
      ))}
    </div>
  )
}
