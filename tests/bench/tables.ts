import type { MatchingStep } from './acd-matching.ts'
import type { MediaClimb } from './media/measure-media.ts'
import type { Percentiles } from './percentiles.ts'
import type { SipClimb, SipResult } from './sip-calls-per-second.ts'
import type { OverloadResult } from './sip-overload.ts'
import type { OfferResult } from './time-to-offer.ts'

export function sipTable(climbs: SipResult): string {
  return climbs.map(climbTable).join('\n')
}

function climbTable({ server, setup, best, perCpuSecond, steps }: SipClimb): string {
  const rows = steps.map((s) => [
    ...[s.offered, s.callsPerSecond, s.failed, s.retransmissions, s.answer.p50, s.answer.p95, s.answer.p99],
    ...[s.serverCpuMs.toFixed(2), s.appCpuMs.toFixed(2), s.serverMb],
  ])
  const deed = { answers: 'answered and hung up', connects: 'connected to a phone and hung up' }[setup]
  return titled(
    `${server} and drachtio-srf: ${best} calls per second ${deed}, none failed, nothing repeated; ${perCpuSecond} calls per CPU-second of the server`,
    table(
      [
        ...['offered/s', 'measured/s', 'failed', 'repeated', 'answer p50 ms', 'p95', 'p99'],
        ...['server CPU ms/call', 'app CPU ms/call', 'server MB'],
      ],
      rows,
    ),
  )
}

export function overloadTable({ best, twice, steps }: OverloadResult): string {
  const rows = [...steps, twice].map(({ offered, completed, refused, failed, answer }) => [
    ...[offered, completed, refused, failed, answer.p50, answer.p99],
  ])
  return titled(
    `SIP server offered twice its best: ${Math.round((100 * twice.completed) / best)} % of it completed`,
    table(['offered/s', 'completed/s', 'refused', 'failed', 'answered p50 ms', 'p99 ms'], rows),
  )
}

export function mediaTable(climbs: readonly MediaClimb[]): string {
  return climbs.map(mediaClimbTable).join('\n')
}

function mediaClimbTable({ name, best, steps }: MediaClimb): string {
  const figure = (value: number) => (Number.isNaN(value) ? '' : value.toFixed(2))
  const rows = steps.map((s) => [
    ...[s.calls, s.lossPercent.toFixed(3), figure(s.p50), figure(s.p99), figure(s.jitterMs)],
    ...[Math.round(s.cpuPercent), s.cpuMsPerCall.toFixed(2), Math.round(100 * s.generatorBusy)],
  ])
  const least = Math.min(...steps.map(({ cpuMsPerCall }) => cpuMsPerCall))
  return titled(
    `${name}: ${best} calls without loss and p99 of the delay under 10 ms; at ${least.toFixed(2)} ms of CPU a second for each, a core has room for ${Math.round(1_000 / least)}`,
    table(['calls', 'loss %', 'delay p50 ms', 'p99', 'jitter ms', 'CPU %', 'CPU ms/call', 'generator %'], rows),
  )
}

export function offerTable(result: OfferResult): string {
  const row = (what: string, { count, p50, p95, p99, max }: Percentiles, goal: string) => [
    ...[what, p50, p95, p99, max, count],
    goal,
  ]
  return titled(
    `${result.callersWaiting} callers waiting, times in ms`,
    table(
      ['', 'p50', 'p95', 'p99', 'max', 'rounds', 'goal'],
      [
        row('available → offer', result.availableToOffer, 'p99 < 100'),
        row('available → INVITE at the phone', result.availableToInvite, ''),
        row('offer → pop painted', result.offerToPainted, 'p95 < 150'),
      ],
    ),
  )
}

export function matchingTable(steps: readonly MatchingStep[]): string {
  const rows = steps.map(({ waiting, queues, agents, toOffer, offersPerSecond }) => [
    ...[waiting, queues, agents, toOffer.p50, toOffer.p95, toOffer.p99, toOffer.max, offersPerSecond],
  ])
  return titled(
    'Matching alone: an agent becomes available → the offer is made, ms; and offers a second when many do at once',
    table(['callers waiting', 'queues', 'agents', 'p50', 'p95', 'p99', 'max', 'offers/s'], rows),
  )
}

const titled = (title: string, body: string) => `${title}\n\n${body}\n`

type Cell = string | number

/** As Markdown, which reads well in a terminal too; numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => String(row[i]).length)))
  const line = (cells: readonly Cell[]) =>
    `| ${cells.map((cell, i) => (typeof cell === 'number' ? String(cell).padStart(widths[i]!) : String(cell).padEnd(widths[i]!))).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(head), rule, ...rows.map(line)].join('\n')
}
