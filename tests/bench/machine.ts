import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

/** What figures are worth nothing without. */
export type Machine = {
  cpu: string
  cores: number
  memoryGb: number
  node: string
  kernel: string
  /** Of the minute before: above the idle machine's 0 something else ran too. */
  load: number
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    kernel: release(),
    load: Number(loadavg()[0]?.toFixed(2)),
  }
}
