import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runSuite, SuitePhones } from '../testing/srf-suite/run-suite.ts'

/**
 * The test suite inside the npm package drachtio-srf, file by file, against this server: its containers are SIPp at ports
 * of 127.0.0.1. The numbers are the assertions that pass on the C++ server too.
 */
const suites: readonly (readonly [name: string, assertions: number])[] = [
  ['b2b', 19],
  ['reinvite-tests', 1],
  ['uac', 19],
  ['uas', 8],
  ['proxy', 2],
  ['utils', 27],
  ['refer', 1],
]

let phones: SuitePhones
beforeAll(async () => {
  phones = await SuitePhones.start()
})
afterAll(() => phones?.[Symbol.asyncDispose]())

describe('the test suite of drachtio-srf', () => {
  it.concurrent.each(suites)(
    '%s',
    async (name, assertions) => {
      const { code, passed, output } = await runSuite(name, phones)
      expect({ code, passed, output }).toEqual({ code: 0, passed: assertions, output })
    },
    100_000,
  )
})
