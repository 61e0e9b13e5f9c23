/** A hash as Lua returns it: field, value, field, value … */
export type FlatHash = string[]

/** A flat hash as an object; undefined when it is empty. */
export function fromFlat(flat: FlatHash): Record<string, string> | undefined {
  if (flat.length === 0) return undefined
  const fields: Record<string, string> = {}
  for (let i = 0; i < flat.length; i += 2) fields[flat[i]!] = flat[i + 1]!
  return fields
}

/** Fields and values in turn; those without a value are left out, for a hash knows no null. */
export function toFlat(fields: Record<string, string | number | null | undefined>): string[] {
  return Object.entries(fields).flatMap(([field, value]) =>
    value === null || value === undefined ? [] : [field, String(value)],
  )
}

export const optionalNumber = (text: string | undefined): number | null => (text === undefined ? null : Number(text))
