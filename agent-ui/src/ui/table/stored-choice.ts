/** Reads what this computer's user chose for a table; undefined when nothing, or nothing readable. */
export function readChoice<T>(name: string): T | undefined {
  try {
    const text = localStorage.getItem(`ringdown.table.${name}`)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}

/** A full or forbidden store costs the next visit's comfort, nothing else. */
export function writeChoice(name: string, value: unknown): void {
  try {
    localStorage.setItem(`ringdown.table.${name}`, JSON.stringify(value))
  } catch {}
}

export const dropChoice = (name: string): void => localStorage.removeItem(`ringdown.table.${name}`)
