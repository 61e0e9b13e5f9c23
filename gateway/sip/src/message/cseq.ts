export type CSeq = { readonly number: number; readonly method: string }

/** RFC 3261 section 20.16: the number is below 2^31; undefined otherwise. */
export function parseCSeq(value: string): CSeq | undefined {
  const match = /^(\d{1,10})\s+([\w\-.!%*+`'~]+)$/.exec(value)
  if (!match) return undefined
  const number = Number(match[1])
  return number < 2 ** 31 ? { number, method: match[2] ?? '' } : undefined
}
