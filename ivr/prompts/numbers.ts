/** A language callers can choose. */
export type PromptLanguage = 'zh' | 'en'

export type NumberKey = `num-${number}` | 'num-2-counted' | 'num-hundred'

const zhDigits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const enSmall = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
]
const enTens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** The words of the recorded numbers: 0 to 100, the unit hundred, and two things (两) where Chinese tells them from 2. */
export const numberTexts: Record<string, { zh: string; en: string }> = {
  ...Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`num-${n}`, { zh: inChinese(n), en: inEnglish(n) }])),
  'num-2-counted': { zh: '两', en: 'two' },
  'num-hundred': { zh: '百', en: 'hundred' },
}

/**
 * The prompts that say a number of 0 to 999, in order.
 *
 * @param as `counted` when a measure word follows: Chinese then says 两分钟, not 二分钟
 * @throws RangeError when n is not a whole number in that range
 */
export function numberPrompts(n: number, language: PromptLanguage, as: 'ordinal' | 'counted' = 'ordinal'): NumberKey[] {
  if (!Number.isInteger(n) || n < 0 || n > 999) throw new RangeError(`no prompts for the number ${n}`)
  if (n === 2 && as === 'counted') return ['num-2-counted']
  if (n <= 100) return [`num-${n}`]
  const rest = n % 100
  const hundreds: NumberKey[] = [`num-${Math.floor(n / 100)}`, 'num-hundred']
  if (rest === 0) return hundreds
  if (language === 'en') return [...hundreds, `num-${rest}`]
  if (rest < 10) return [...hundreds, 'num-0', `num-${rest}`]
  // 一百一十五, but 十五 when it stands alone
  return rest < 20 ? [...hundreds, 'num-1', `num-${rest}`] : [...hundreds, `num-${rest}`]
}

/** The prompts that read a code digit by digit; other characters are left out. */
export function digitPrompts(code: string): NumberKey[] {
  return [...code].filter((character) => /[0-9]/.test(character)).map((digit) => `num-${Number(digit)}` as const)
}

function inChinese(n: number): string {
  if (n === 100) return '一百'
  const [tens, units] = [Math.floor(n / 10), n % 10]
  if (tens === 0) return zhDigits[units] as string
  return `${tens === 1 ? '' : zhDigits[tens]}十${units === 0 ? '' : zhDigits[units]}`
}

function inEnglish(n: number): string {
  if (n === 100) return 'one hundred'
  if (n < 20) return enSmall[n] as string
  const units = n % 10
  return units === 0 ? (enTens[n / 10] as string) : `${enTens[Math.floor(n / 10)]} ${enSmall[units]}`
}
