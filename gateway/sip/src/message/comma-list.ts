/** Splits a header value at its commas, but not inside quotes or angle brackets (RFC 3261 section 7.3.1). */
export function commaList(value: string): string[] {
  if (!value.includes(',')) return value === '' ? [] : [value]
  const items: string[] = []
  let start = 0
  let quoted = false
  let bracketed = false
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (quoted) {
      if (code === 92) i++
      else if (code === 34) quoted = false
    } else if (code === 34) quoted = true
    else if (code === 60) bracketed = true
    else if (code === 62) bracketed = false
    else if (code === 44 && !bracketed) {
      items.push(value.slice(start, i).trim())
      start = i + 1
    }
  }
  items.push(value.slice(start).trim())
  return items.filter((item) => item !== '')
}
