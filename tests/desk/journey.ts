import { test } from 'vitest'
import { Desk, type DeskOptions } from './desk.ts'

/**
 * `it` with a desk of the file's own: `const journey = journeyOn()`, then `journey('…', async ({ desk }) => …)`.
 *
 * A failed test shows what the processes logged during it; after every test the ledger must balance, and at the end of the
 * file every contact must have ended.
 */
export function journeyOn(options: DeskOptions = {}) {
  return test
    .extend<{ house: Desk }>({
      house: [
        // biome-ignore lint/correctness/noEmptyPattern: a fixture without others says so by an empty pattern
        async ({}, use) => {
          await using desk = await Desk.start(options)
          await use(desk)
        },
        { scope: 'file' },
      ],
    })
    .extend<{ desk: Desk }>({
      desk: async ({ house, onTestFailed }, use) => {
        const startedAt = Date.now()
        onTestFailed(() => console.error(house.printedLogs(startedAt)))
        await use(house)
        await house.balance()
      },
    })
}
