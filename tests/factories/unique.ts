let last = 0

/** A number that nothing else made in this process has. */
export const unique = (): number => {
  last += 1
  return last
}
