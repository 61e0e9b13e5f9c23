/** Areas of China whose code has two digits (010, 021 …); all others have three. */
const TWO_DIGIT_AREA = /^(10|2\d)/

/** Chinese numbers as people write them there: `139 0013 8000`, `010 6552 9988`, `400 810 8888`. */
function chinese(national: string): string | undefined {
  if (/^1\d{10}$/.test(national)) return national.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')
  if (/^[48]00\d{7}$/.test(national)) return national.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')
  const area = TWO_DIGIT_AREA.test(national) ? 2 : 3
  const local = national.slice(area)
  if (local.length !== 7 && local.length !== 8) return undefined
  return `0${national.slice(0, area)} ${local.slice(0, -4)} ${local.slice(-4)}`
}

export type ForeignFormat = (e164: string) => string | undefined

/** A number for people; what is not E.164 (an extension, a SIP name, 'anonymous') stays as it is. */
export function formatPhone(number: string, foreign?: ForeignFormat): string {
  if (!/^\+[1-9]\d{4,14}$/.test(number)) return number
  if (number.startsWith('+86')) return chinese(number.slice(3)) ?? number
  return foreign?.(number) ?? number
}
