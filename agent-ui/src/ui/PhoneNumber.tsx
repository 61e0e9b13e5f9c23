import { useEffect, useState } from 'react'
import { type ForeignFormat, formatPhone } from './phone-format.ts'

let foreign: ForeignFormat | undefined

/** The numbering plans of the world are fetched only when a foreign number is first shown. */
async function loadForeign(): Promise<void> {
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min')
  foreign = (e164) => parsePhoneNumberFromString(e164)?.formatInternational()
}

export function PhoneNumber({ value }: { value: string }) {
  const [, setLoaded] = useState(foreign !== undefined)
  const needed = value.startsWith('+') && !value.startsWith('+86') && !foreign
  useEffect(() => {
    if (needed) void loadForeign().then(() => setLoaded(true))
  }, [needed])
  return <span className="phone-number">{formatPhone(value, foreign)}</span>
}
