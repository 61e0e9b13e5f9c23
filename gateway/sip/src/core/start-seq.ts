/** First CSeq number of a dialog or request: from the clock, so that a restart does not go back (section 8.1.1.5). */
export function startSeq(): number {
  return (Math.floor(Date.now() / 1000) >> 1) & 0x7ffffff
}
