export type Question = 'csat' | 'nps'
export type ScoreRead = { kind: 'score'; score: number } | { kind: 'more'; keyed: string } | { kind: 'invalid' }

/** Reads one more key. In the 0–10 question a 1 may be the beginning of 10; `#` says that it is not. */
export function readScore(question: Question, keyed: string, key: string): ScoreRead {
  if (question === 'csat') return /^[1-5]$/.test(key) ? { kind: 'score', score: Number(key) } : { kind: 'invalid' }
  if (keyed === '1') {
    if (key === '0') return { kind: 'score', score: 10 }
    return key === '#' ? { kind: 'score', score: 1 } : { kind: 'invalid' }
  }
  if (key === '1') return { kind: 'more', keyed: '1' }
  return /^\d$/.test(key) ? { kind: 'score', score: Number(key) } : { kind: 'invalid' }
}
