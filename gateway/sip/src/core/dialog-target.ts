import type { Dialog } from '../dialog/dialog.ts'
import type { SipMessage } from '../message/message.ts'
import { parseNameAddr } from '../message/name-addr.ts'
import { parameter } from '../message/parameters.ts'
import { parseSipUri } from '../message/uri.ts'
import { isPrivate } from '../transport/address.ts'
import type { Flow } from '../transport/flow.ts'

/**
 * Takes the far end's Contact as remote target (RFC 3261 section 12.1 and 12.2), and notes when requests have to go
 * back to where the message came from instead: over a stream its connection; over UDP when NAT is in between.
 */
export function refreshTarget<Owner>(
  dialog: Dialog<Owner>,
  message: SipMessage,
  flow: Flow,
  natDetection: boolean,
): void {
  const contact = parseNameAddr(message.headers.list('contact')[0] ?? '')
  if (!contact) return
  dialog.remoteTarget = contact.uri
  if (flow.reliable) dialog.override = flow
  else if (natDetection) dialog.override = isBehindNat(dialog, contact.uri, flow) ? flow : undefined
}

/** Sets the route set once, from Record-Route: in order for the UAS, reversed for the UAC (section 12.1). */
export function setRoutes<Owner>(dialog: Dialog<Owner>, message: SipMessage): void {
  const recorded = message.headers.list('record-route')
  dialog.routeSet = dialog.origin.role === 'uas' ? recorded : recorded.reverse()
}

/** Request-URI, Route values and next hop of the next request in a dialog (section 12.2.1.1). */
export function nextHop<Owner>(dialog: Dialog<Owner>): { uri: string; routes: readonly string[]; next: string } {
  const target = dialog.remoteTarget || (dialog.state === 'early' ? dialog.firstTarget : '')
  const first = parseNameAddr(dialog.routeSet[0] ?? '')
  if (!first) return { uri: target, routes: [], next: target }
  const loose = parameter(parseSipUri(first.uri)?.parameters ?? '', 'lr') !== undefined
  if (loose) return { uri: target, routes: dialog.routeSet, next: first.uri }
  const routes = [...dialog.routeSet.slice(1), `<${target}>`]
  return { uri: first.uri, routes, next: first.uri }
}

/** Wire protocol, section 7: how drachtio-server tells NAT. */
function isBehindNat<Owner>(dialog: Dialog<Owner>, contactUri: string, { remote }: Flow): boolean {
  const contact = parseSipUri(contactUri)
  if (!contact) return true
  const first = dialog.routeSet[0]
  if (dialog.origin.role === 'uac') {
    if (first === undefined) return contact.host !== remote.host
    return isPrivate(parseSipUri(parseNameAddr(first)?.uri ?? '')?.host ?? '')
  }
  return first === undefined && (contact.host !== remote.host || (contact.port ?? 5060) !== remote.port)
}
