import { randomBytes } from 'node:crypto'

const poolSize = 4096
let pool = ''
let position = 0

/** RFC 3261 section 8.1.1.7: starts with the magic cookie, unique across space and time. */
export function newBranch(): string {
  return `z9hG4bK${randomToken(16)}`
}

/** RFC 3261 section 19.3: at least 32 bits of randomness. */
export function newTag(): string {
  return randomToken(12)
}

/** Hexadecimal, cut from a pool: asking the kernel for each would cost more than parsing a message. */
function randomToken(length: number): string {
  if (position + length > pool.length) {
    pool = randomBytes(poolSize).toString('hex')
    position = 0
  }
  position += length
  return pool.slice(position - length, position)
}
