import { useTyping } from './use-typing.ts'

type Props = {
  keys: string
  /** The key while a text field has the focus, where it is another one. */
  inText?: string
}

/** The key that does the same as the button beside it. */
export function KeyHint({ keys, inText = keys }: Props) {
  const typing = useTyping()
  return (
    <span className="key-hint" aria-hidden="true">
      {typing ? inText : keys}
    </span>
  )
}
