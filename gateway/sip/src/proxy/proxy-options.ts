/** How an application wants a request proxied (wire protocol, section 4.5). */
export type ProxyOptions = {
  /** Stay in the way of the dialog's requests: Record-Route, or Path for REGISTER. */
  readonly recordRoute: boolean
  /** Tell the application of each final response; otherwise only that the request went out. */
  readonly fullResponse: boolean
  readonly followRedirects: boolean
  /** All destinations at once; otherwise one after the other. */
  readonly simultaneous: boolean
  /** How long a destination may stay without any response before it is given up, in ms. */
  readonly provisionalTimeoutMs: number | undefined
  /** … without a final response. */
  readonly finalTimeoutMs: number | undefined
  readonly destinations: readonly string[]
}

/** Reads the tokens after the transaction id. A text result says what is wrong with them. */
export function readProxyOptions(tokens: readonly string[]): ProxyOptions | string {
  const [remain = '', full = '', follow = '', forking = '', provisional = '', final = '', ...given] = tokens
  const destinations = given.filter((destination) => destination !== '')
  if (destinations.length === 0) return 'no destination to proxy to'
  const provisionalTimeoutMs = readTimeout(provisional)
  if (Number.isNaN(provisionalTimeoutMs)) return `invalid provisional timeout ${provisional}`
  const finalTimeoutMs = readTimeout(final)
  if (Number.isNaN(finalTimeoutMs)) return `invalid final timeout ${final}`
  return {
    recordRoute: remain === 'remainInDialog',
    fullResponse: full === 'fullResponse',
    followRedirects: follow === 'followRedirects',
    simultaneous: forking === 'simultaneous',
    provisionalTimeoutMs,
    finalTimeoutMs,
    destinations,
  }
}

/** `500ms`, `5s`; a bare number is milliseconds. Empty is none, anything else NaN. */
function readTimeout(text: string): number | undefined {
  if (text === '') return undefined
  const match = /^(\d{1,7})(ms|s)?$/.exec(text)
  return match ? Number(match[1]) * (match[2] === 's' ? 1000 : 1) : Number.NaN
}
