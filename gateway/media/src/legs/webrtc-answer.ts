import type { EventFormat } from '../sdp/audio-formats.ts'

/** Below every candidate of an interface, so that a direct way is preferred. */
const PUBLIC_PRIORITY = 1_000_000

/**
 * Completes the library's answer: codecs get their true clocks, and behind a one-to-one NAT the public address becomes a
 * candidate with each local port.
 */
export function completeAnswer(
  sdp: string,
  telephoneEvent: EventFormat | undefined,
  publicAddress: string | undefined,
): string {
  // The library takes every codec it does not know for 48 kHz stereo.
  const corrected = sdp
    .replace('telephone-event/48000/2', `telephone-event/${telephoneEvent?.clockRate}`)
    .replace('G722/48000/2', 'G722/8000')
  const needless = publicAddress === undefined || isLoopback(publicAddress) || sdp.includes(` ${publicAddress} `)
  if (needless) return corrected
  const ports = new Set([...sdp.matchAll(/^a=candidate:\S+ 1 UDP \d+ \S+ (\d+) typ host/gm)].map(([, port]) => port))
  const candidates = [...ports].map(
    (port, i) => `a=candidate:public${i} 1 UDP ${PUBLIC_PRIORITY - i} ${publicAddress} ${port} typ host\r\n`,
  )
  return corrected.replace('a=end-of-candidates', `${candidates.join('')}a=end-of-candidates`)
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1'
}
