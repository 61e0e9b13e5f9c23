/** What the server (or the way to it) refused: a word to branch on, a sentence for people, the field to blame. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly field: string | undefined
  readonly status: number | undefined

  constructor(code: string, message: string, options: { field?: string | undefined; status?: number } = {}) {
    super(message)
    this.code = code
    this.field = options.field
    this.status = options.status
  }
}

export const isRefusal = (error: unknown, code?: string): error is Refusal =>
  error instanceof Refusal && (code === undefined || error.code === code)
