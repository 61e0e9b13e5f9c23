import type { Figures } from './figures.ts'

const seconds = (ms: number | null) => (ms === null ? '–' : (ms / 1000).toFixed(1))
const percent = (share: number | null) => (share === null ? '–' : (100 * share).toFixed(1))

/** Rows of figures side by side: what, then each day. */
export function figuresTable(columns: readonly { name: string; figures: Figures }[]): string {
  const rows: [string, (figures: Figures) => string][] = [
    ['offered', (f) => String(f.offered)],
    ['answered', (f) => String(f.answered)],
    ['abandoned', (f) => String(f.abandoned)],
    ['abandoned %', (f) => percent(f.offered ? f.abandoned / f.offered : null)],
    ['timed out', (f) => String(f.timedOut)],
    ['service level %', (f) => percent(f.serviceLevel)],
    ['ASA s', (f) => seconds(f.asaMs)],
    ['longest wait s', (f) => seconds(f.longestWaitMs)],
    ['occupancy %', (f) => percent(f.occupancy)],
  ]
  const cells = [
    ['', ...columns.map(({ name }) => name)],
    ...rows.map(([name, text]) => [name, ...columns.map(({ figures }) => text(figures))]),
  ]
  const widths = cells[0]!.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)))
  return cells
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '))
    .join('\n')
}
