import { expect, it } from 'vitest'
import { demoScript, parseScript } from './script.ts'

it('reads moments and digits', () => {
  expect(parseScript('2s:1, 1500ms:*9,+0.5s:#,~:100237#,~900ms:A')).toEqual([
    { moment: { kind: 'at', ms: 2000 }, digits: '1' },
    { moment: { kind: 'at', ms: 1500 }, digits: '*9' },
    { moment: { kind: 'after', ms: 500 }, digits: '#' },
    { moment: { kind: 'prompt-end', silenceMs: 600 }, digits: '100237#' },
    { moment: { kind: 'prompt-end', silenceMs: 900 }, digits: 'A' },
  ])
  expect(parseScript('')).toEqual([])
  expect(parseScript(demoScript)).toHaveLength(3)
})

it.each(['1', '2s:', '2s:x', 'soon:1', '2:1', '2s:1,,3s:1', '-2s:1'])(
  'quotes what it does not understand: %s',
  (text) => {
    expect(() => parseScript(text)).toThrow(/--press: ".*"/)
  },
)
