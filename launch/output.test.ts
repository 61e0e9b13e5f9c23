import { describe, expect, it } from 'vitest'
import { card } from './card.ts'
import { createProgress, paint } from './progress.mjs'
import { readSettings } from './settings.ts'
import { tallyOf } from './tally.ts'

function listen(isTTY: boolean) {
  const written: string[] = []
  return { isTTY, write: (text: string) => written.push(text), text: () => written.join('') }
}

describe('progress', () => {
  it('is one plain line for each step when nobody watches', async () => {
    const stream = listen(false)
    const value = await createProgress(stream).step('Redis', (note) => {
      note('starting')
      note('on port 16379')
      return 7
    })
    expect(value).toBe(7)
    expect(stream.text()).toMatch(/^ {2}✓ Redis {10}on port 16379 +0\.0 s\n$/)
  })

  it('marks the step that failed and hands its error on', async () => {
    const stream = listen(false)
    const step = createProgress(stream).step('Pages', () => Promise.reject(new Error('no')))
    await expect(step).rejects.toThrow('no')
    expect(stream.text()).toMatch(/^ {2}✗ Pages/)
  })

  it('keeps every line within 80 columns', async () => {
    const stream = listen(false)
    await createProgress(stream).step('Pages', (note) => note('x'.repeat(200)))
    expect(stream.text().trimEnd().length).toBeLessThanOrEqual(80)
  })
})

describe('the card', () => {
  const settings = readSettings({ RINGDOWN_DATA_DIR: '/data' })
  const show = (facts: { demo: boolean; needsSetup: boolean }, given = settings) => {
    const installation = { ...facts, numberToCall: '4000' }
    return card({ settings: given, installation, setupCode: 'c0de', dev: false, tookMs: 4200 }, paint(listen(false)))
  }

  it('tells the address, the demo sign-ins, the number and how to stop', () => {
    const text = show({ demo: true, needsSetup: false })
    for (const fact of [
      'http://127.0.0.1:8080',
      'li.na',
      'wang.min',
      'zhang.wei',
      'admin',
      'ringdown-demo',
      'Ctrl-C',
      '/data',
    ]) {
      expect(text).toContain(fact)
    }
    expect(text).toMatch(/sip:4000@127\.0\.0\.1:5060\n +or npm run call\n/)
    expect(text).not.toContain('c0de')
  })

  it('gives the first administrator the set-up code', () => {
    const text = show({ demo: false, needsSetup: true })
    expect(text).toContain('c0de')
    expect(text).not.toContain('ringdown-demo')
  })

  it('says how to call another port', () => {
    const text = show({ demo: true, needsSetup: false }, readSettings({ RINGDOWN_SIP_PORT: '5070' }))
    expect(text).toContain('npm run call -- --to sip:4000@127.0.0.1:5070')
  })
})

describe('the tally of the tests', () => {
  it.each([
    [{ numPassedTests: 5, numFailedTests: 0 }, 0, { passed: 5, failed: 0 }],
    [{ numPassedTests: 5, numFailedTests: 2 }, 1, { passed: 5, failed: 2 }],
    [{ numPassedTests: 5, numFailedTests: 0 }, 1, { passed: 5, failed: 1 }],
    [undefined, 1, { passed: 0, failed: 1 }],
  ])('of %j with exit code %i', (report, code, tally) => {
    expect(tallyOf(report, code)).toEqual(tally)
  })
})
