import { useId } from 'react'
import css from './ticket-draft.module.css'

type Props<T extends string> = {
  name: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

/** A few words to choose one of: all in sight, one click, arrow keys move. */
export function Choice<T extends string>({ name, value, options, onChange }: Props<T>) {
  const group = useId()
  return (
    <fieldset className={css.choice}>
      <legend>{name}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={group} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
