import { z } from 'zod'

export type Tally = { passed: number; failed: number }

const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number() })

/**
 * Counts a vitest run by its JSON report. A run that failed though no test did (a file that does not load, an error
 * outside of tests, no report at all) counts as one failure: what the exit code says is never hidden.
 */
export function tallyOf(report: unknown, exitCode: number): Tally {
  const parsed = Report.safeParse(report)
  const { numPassedTests, numFailedTests } = parsed.success ? parsed.data : { numPassedTests: 0, numFailedTests: 0 }
  return { passed: numPassedTests, failed: exitCode === 0 ? numFailedTests : Math.max(1, numFailedTests) }
}
