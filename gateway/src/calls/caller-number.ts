import type { Localized } from '@ringdown/core/kernel'
import { carrier, geocoder } from 'libphonenumber-geo-carrier'
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** A caller's number as people and tables know it. */
export type CallerNumber = { e164: string; place: Localized | null }

const regions = {
  zh: new Intl.DisplayNames('zh', { type: 'region' }),
  en: new Intl.DisplayNames('en', { type: 'region' }),
}

/**
 * Reads a number as a trunk sends it: national (by the default country), `00…` or `+…`.
 * @returns null for what is no number of any country: `anonymous`, an extension
 */
export async function readCallerNumber(sent: string, defaultCountry: string): Promise<CallerNumber | null> {
  const dialled = sent.replace(/^00(?=[1-9])/, '+')
  const number = parsePhoneNumberFromString(dialled, defaultCountry as CountryCode)
  if (!number?.isPossible() || !number.isValid()) return null
  return { e164: number.number, place: await placeOf(number, defaultCountry) }
}

type Parsed = NonNullable<ReturnType<typeof parsePhoneNumberFromString>>

/** Town and carrier at home, the country abroad; null when the number does not tell. */
async function placeOf(number: Parsed, defaultCountry: string): Promise<Localized | null> {
  if (number.country === undefined) return null
  const [zh, en] = await Promise.all([placeIn(number, 'zh', defaultCountry), placeIn(number, 'en', defaultCountry)])
  return zh && en ? { zh, en } : null
}

async function placeIn(number: Parsed, language: 'zh' | 'en', defaultCountry: string): Promise<string | undefined> {
  const town = await geocoder(number, language)
  const country = number.country && number.country !== defaultCountry ? regions[language].of(number.country) : undefined
  const operator = number.country === defaultCountry ? await carrier(number, language) : null
  const parts = [country, town === country ? null : town, operator].filter((part) => part)
  return parts.length === 0 ? number.country && regions[language].of(number.country) : parts.join(' ').slice(0, 120)
}
