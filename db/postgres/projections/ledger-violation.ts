/** An event that cannot follow the ones before it: the program that wrote it is wrong. Trying again does not help. */
export class LedgerViolation extends Error {
  override readonly name = 'LedgerViolation'
}
