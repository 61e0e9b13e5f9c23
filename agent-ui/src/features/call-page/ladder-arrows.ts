import type { LadderMessage } from '@ringdown/core/contract'

export type Arrow = {
  at: number
  direction: 'in' | 'out'
  label: string
  kind: 'request' | 'provisional' | 'final' | 'failure'
}

/** What an arrow of the ladder says: the method, or the status with its phrase (RFC 3261 section 7). */
export function arrowOf({ at, direction, text }: LadderMessage): Arrow {
  const [line = '', ...headers] = text.split(/\r?\n/)
  const status = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(line)
  if (status) {
    const code = Number(status[1])
    const method = /^CSeq:\s*\d+\s+(\S+)/i.exec(headers.find((h) => /^CSeq:/i.test(h)) ?? '')?.[1]
    return {
      at,
      direction,
      label: `${code} ${status[2]}${method ? ` (${method})` : ''}`,
      kind: code < 200 ? 'provisional' : code < 300 ? 'final' : 'failure',
    }
  }
  return { at, direction, label: line.split(' ')[0] ?? '?', kind: 'request' }
}
