import { describe, expect, it } from 'vitest'
import { digitPrompts, numberPrompts, promptTexts } from './index.ts'

const say = (n: number, language: 'zh' | 'en', as?: 'ordinal' | 'counted') =>
  numberPrompts(n, language, as)
    .map((key) => promptTexts[key]?.[language])
    .join(language === 'zh' ? '' : ' ')

describe('spoken numbers', () => {
  it.each([
    [0, '零', 'zero'],
    [2, '二', 'two'],
    [10, '十', 'ten'],
    [19, '十九', 'nineteen'],
    [20, '二十', 'twenty'],
    [23, '二十三', 'twenty three'],
    [100, '一百', 'one hundred'],
    [101, '一百零一', 'one hundred one'],
    [115, '一百一十五', 'one hundred fifteen'],
    [340, '三百四十', 'three hundred forty'],
    [999, '九百九十九', 'nine hundred ninety nine'],
  ])('says %i as %s and %s', (n, zh, en) => {
    expect([say(n, 'zh'), say(n, 'en')]).toEqual([zh, en])
  })

  it('counts two things as 两', () => {
    expect([say(2, 'zh', 'counted'), say(12, 'zh', 'counted'), say(2, 'en', 'counted')]).toEqual(['两', '十二', 'two'])
  })

  it('has audio for every number it names', () => {
    for (let n = 0; n <= 999; n++) {
      for (const key of [...numberPrompts(n, 'zh'), ...numberPrompts(n, 'en', 'counted')]) {
        expect(promptTexts).toHaveProperty([key])
      }
    }
  })

  it.each([-1, 1000, 1.5, Number.NaN])('refuses %d', (n) => {
    expect(() => numberPrompts(n, 'zh')).toThrow(RangeError)
  })

  it('reads a code digit by digit', () => {
    expect(digitPrompts('8 0-2')).toEqual(['num-8', 'num-0', 'num-2'])
  })
})
