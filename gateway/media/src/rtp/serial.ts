/** How far `a` lies ahead of `b` on a 16-bit circle, -32768..32767 (RFC 1982). */
export function sequenceDistance(a: number, b: number): number {
  return ((a - b) << 16) >> 16
}

/** How far `a` lies ahead of `b` on a 32-bit circle, in samples for RTP timestamps. */
export function timestampDistance(a: number, b: number): number {
  return (a - b) | 0
}
