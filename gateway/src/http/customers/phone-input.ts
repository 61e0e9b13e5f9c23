import { err, ok, PhoneNumber, type Result } from '@ringdown/core/kernel'
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Refusal } from '../../commands/handlers.ts'

/**
 * Numbers as people type them, as E.164. A number without a country code is of the company's country.
 * @param field names the list in the refusal: `body.phones` gives `body.phones.0`
 */
export function parsePhones(texts: readonly string[], country: string, field: string): Result<PhoneNumber[], Refusal> {
  const numbers: PhoneNumber[] = []
  for (const [i, text] of texts.entries()) {
    const number = parsePhoneNumberFromString(text, country as CountryCode)
    if (!number?.isValid()) {
      return err({
        code: 'invalid_input',
        message: `“${text.slice(0, 40)}” is not a phone number; write it as +86 139 0013 8000 or 139 0013 8000.`,
        field: `${field}.${i}`,
      })
    }
    numbers.push(PhoneNumber.parse(number.number))
  }
  return ok(numbers)
}
