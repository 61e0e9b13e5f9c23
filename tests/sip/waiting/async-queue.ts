/** Things that arrive and are awaited, in order, by whoever asks first. */
export class AsyncQueue<T> {
  #items: T[] = []
  #waiting: { accepts: (item: T) => boolean; resolve: (item: T) => void }[] = []

  push(item: T): void {
    const index = this.#waiting.findIndex((waiter) => waiter.accepts(item))
    if (index < 0) this.#items.push(item)
    else this.#waiting.splice(index, 1)[0]!.resolve(item)
  }

  /** The next item that is accepted; earlier ones stay for others. Rejects after `withinMs` with the words of `missing()`. */
  next(withinMs: number, missing: () => string, accepts: (item: T) => boolean = () => true): Promise<T> {
    const index = this.#items.findIndex(accepts)
    if (index >= 0) return Promise.resolve(this.#items.splice(index, 1)[0]!)
    return new Promise((resolve, reject) => {
      const waiter = {
        accepts,
        resolve: (item: T) => {
          clearTimeout(timer)
          resolve(item)
        },
      }
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter)
        reject(new Error(missing()))
      }, withinMs)
      this.#waiting.push(waiter)
    })
  }
}
