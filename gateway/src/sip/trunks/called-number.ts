import type { KnownTrunk } from '@ringdown/core/trunk'
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/**
 * The called number as the trunk's list writes it (SPEC.md TR6).
 * @returns null: the trunk does not carry it
 */
export function calledNumber(
  { numbers, defaultCountry, kind }: Pick<KnownTrunk, 'numbers' | 'defaultCountry' | 'kind'>,
  called: string,
): string | null {
  if (numbers.length === 0 || numbers.includes(called)) return called
  const e164 = (number: string) => parsePhoneNumberFromString(number, defaultCountry as CountryCode)?.number
  const wanted = e164(called)
  const same = wanted && numbers.find((number) => e164(number) === wanted)
  if (same) return same
  return kind === 'registration' && numbers.length === 1 ? (numbers[0] as string) : null
}
