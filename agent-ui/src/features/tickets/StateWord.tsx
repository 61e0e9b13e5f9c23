import { useWords } from '../catalogue/index.ts'
import css from './tickets.module.css'

/** State of a ticket, coloured; the word carries the meaning. */
export function StateWord({ state }: { state: string }) {
  const { word } = useWords()
  return (
    <span className={css.state} data-state={state}>
      {word('ticketState', state)}
    </span>
  )
}

export function PriorityWord({ priority }: { priority: string }) {
  const { word } = useWords()
  return (
    <span className={css.priority} data-priority={priority}>
      {word('priority', priority)}
    </span>
  )
}
