/** What a request may leave out or, as zod's optional fields do, hold as undefined. */
export type Change<T> = { [K in keyof T]?: T[K] | undefined }

/** Only the fields that were given; null is a value. */
export function given<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as never
}
