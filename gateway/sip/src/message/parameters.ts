/**
 * The value of a `;name=value` parameter in the text that follows an address or a Via sent-by.
 * Quoted values are respected while searching; a parameter without a value gives the empty string.
 */
export function parameter(text: string, name: string): string | undefined {
  let position = text.indexOf(';')
  while (position !== -1) {
    const end = endOfParameter(text, position + 1)
    const equals = text.indexOf('=', position + 1)
    const hasValue = equals !== -1 && equals < end
    const found = text.slice(position + 1, hasValue ? equals : end).trim()
    if (found.length === name.length && found.toLowerCase() === name) {
      return hasValue ? text.slice(equals + 1, end).trim() : ''
    }
    position = end < text.length ? end : -1
  }
  return undefined
}

/** The same text without the named parameters. */
export function withoutParameters(text: string, names: readonly string[]): string {
  let kept = ''
  let position = text.indexOf(';')
  if (position === -1) return text
  kept = text.slice(0, position)
  while (position < text.length) {
    const end = endOfParameter(text, position + 1)
    const one = text.slice(position, end)
    const name = one.slice(1).split('=', 1)[0]?.trim().toLowerCase() ?? ''
    if (!names.includes(name)) kept += one
    position = end
  }
  return kept
}

function endOfParameter(text: string, start: number): number {
  let quoted = false
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (quoted && code === 92) i++
    else if (code === 34) quoted = !quoted
    else if (code === 59 && !quoted) return i
  }
  return text.length
}
