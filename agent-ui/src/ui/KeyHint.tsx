/** The key that does the same as the button beside it. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className="key-hint" aria-hidden="true">
      {keys}
    </span>
  )
}
