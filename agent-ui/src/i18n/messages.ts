/** The shape of a catalogue: the same keys, other words. */
export type Messages<T> = { [K in keyof T]: T[K] extends string ? string : Messages<T[K]> }
