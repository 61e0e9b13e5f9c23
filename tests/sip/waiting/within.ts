/** The promise, or an error with the words of `missing()` when it is not settled within `ms`. */
export function within<T>(promise: Promise<T>, ms: number, missing: () => string): Promise<T> {
  const late = Promise.withResolvers<T>()
  const timer = setTimeout(() => late.reject(new Error(missing())), ms)
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer))
}
