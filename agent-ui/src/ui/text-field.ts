const TYPED = new Set(['text', 'search', 'password', 'email', 'tel', 'url', 'number', 'date', 'time'])

/** Whether keys pressed there are typing. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && TYPED.has(target.type)
}
