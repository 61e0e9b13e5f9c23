import { CheckCircleFilled, CloseCircleFilled, MinusCircleFilled } from '@ant-design/icons'
import type { ContactSummary } from '@ringdown/core/contract'
import { useWords } from '../catalogue/index.ts'
import css from './contact-lines.module.css'

const lost = new Set(['abandoned', 'timed_out', 'no_agents', 'system_error'])

/** What became of a call in the queue: icon, word, and colour only where somebody was lost. */
export function OutcomeWord({ outcome }: { outcome: ContactSummary['outcome'] }) {
  const { word } = useWords()
  if (outcome === null) return '–'
  const tone = outcome === 'answered' ? 'good' : lost.has(outcome) ? 'bad' : 'neutral'
  return (
    <span className={css.outcome} data-tone={tone}>
      {tone === 'good' ? <CheckCircleFilled /> : tone === 'bad' ? <CloseCircleFilled /> : <MinusCircleFilled />}{' '}
      {word('outcome', outcome)}
    </span>
  )
}
