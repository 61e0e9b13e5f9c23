import { commaList } from './comma-list.ts'

/** One header line: its key (lower case, long form), its name as written and its unfolded value. */
export type Header = { readonly key: string; readonly name: string; readonly value: string }

/** The header lines of one message, in order. Looked up by key; values are parsed only by who needs them. */
export class Headers implements Iterable<Header> {
  private readonly lines: Header[]

  constructor(lines: Header[] = []) {
    this.lines = lines
  }

  /** The first line with this key. */
  get(key: string): string | undefined {
    for (const line of this.lines) if (line.key === key) return line.value
    return undefined
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  count(key: string): number {
    let count = 0
    for (const line of this.lines) if (line.key === key) count++
    return count
  }

  /** All values of a header that may come as a comma list, in several lines, or both. */
  list(key: string): string[] {
    const items: string[] = []
    for (const line of this.lines) if (line.key === key) items.push(...commaList(line.value))
    return items
  }

  /** Whether an option tag is in a Supported or Require list. */
  hasOption(key: string, option: string): boolean {
    return this.list(key).some((item) => item.toLowerCase() === option)
  }

  [Symbol.iterator](): Iterator<Header> {
    return this.lines[Symbol.iterator]()
  }
}
