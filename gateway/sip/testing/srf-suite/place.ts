import type { Endpoint } from '../../src/transport/flow.ts'

/** Where things are in one run of a suite: what its Docker network says by names and addresses. */
export type SuitePlace = {
  /** `127.0.0.1:<port>` of each container, by its name and by its address. */
  readonly addresses: Readonly<Record<string, string>>
  /** The scenarios, with these addresses in them. */
  readonly scenarios: string
  /** SIP port of the server under test. */
  readonly server: Endpoint
  /** Admin ports by their names in the suite's configuration. */
  readonly admin: Readonly<Record<string, Endpoint>>
}

/** The place, as given to the process of a suite. */
export function suitePlace(): SuitePlace {
  return JSON.parse(process.env.SRF_SUITE_PLACE ?? '') as SuitePlace
}

/** The text with each container's name or address replaced by where it is. Longer names go first: they hold shorter ones. */
export function placed(text: string, addresses: SuitePlace['addresses']): string {
  const names = Object.keys(addresses).sort((a, b) => b.length - a.length)
  const pattern = new RegExp(
    `(?<![\\w./-])(?:${names.map((name) => name.replaceAll('.', '\\.')).join('|')})(?![\\w.-])`,
    'g',
  )
  return text.replace(pattern, (name) => addresses[name] ?? name)
}
