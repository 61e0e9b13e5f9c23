/** One deed at a time: what happens to a call is carried out in the order in which it happened. */
export type Mailbox = <T>(deed: () => Promise<T>) => Promise<T>

export function mailbox(): Mailbox {
  let last: Promise<unknown> = Promise.resolve()
  return (deed) => {
    const done = last.then(deed, deed)
    last = done.catch(() => undefined)
    return done
  }
}
