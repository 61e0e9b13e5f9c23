import type { Core } from '../core/core.ts'
import { handOver } from '../core/hand-over.ts'
import { answer, type IncomingRequest } from '../core/incoming-request.ts'
import { Headers } from '../message/headers.ts'
import { parseSipUri } from '../message/uri.ts'
import { readProxyOptions } from '../proxy/proxy-options.ts'
import { startProxy } from '../proxy/start-proxy.ts'
import type { Decision } from './decision.ts'
import { handToApp } from './hand-to-app.ts'
import { readAppPlace } from './request-handlers.ts'

const nobodyListens = { final() {}, failed() {}, done() {} }
const lineEnds = /[\r\n]/

/** Does what an HTTP handler decided. Throws when that can not be done; the caller then gets 500. */
export function carryOut(core: Core, incoming: IncomingRequest, decision: Decision): void {
  switch (decision.action) {
    case 'reject': {
      const { status, reason = 'Rejected' } = decision.data
      if (lineEnds.test(reason)) throw new Error('a reason with a line end')
      answer(core, incoming, status, reason)
      return
    }
    case 'redirect':
      redirect(core, incoming, decision.data.contact)
      return
    case 'proxy':
      proxy(core, incoming, decision.data)
      return
    case 'route':
      route(core, incoming, decision.data)
      return
  }
}

function redirect(core: Core, incoming: IncomingRequest, contacts: readonly string[]): void {
  const values = contacts.map((contact) => (contact.includes('<') ? contact : `<${withScheme(contact)}>`))
  if (values.some((value) => lineEnds.test(value))) throw new Error('a contact with a line end')
  answer(core, incoming, 302, 'Moved Temporarily', [['Contact', values.join(', ')]])
}

function proxy(core: Core, incoming: IncomingRequest, data: Extract<Decision, { action: 'proxy' }>['data']): void {
  const options = readProxyOptions([
    ...[data.recordRoute ? 'remainInDialog' : '', '', data.followRedirects ? 'followRedirects' : ''],
    ...[data.simultaneous ? 'simultaneous' : 'serial', data.provisionalTimeout, data.finalTimeout],
    ...data.destination.map(withScheme),
  ])
  if (typeof options === 'string') throw new Error(options)
  const refused = startProxy(core, incoming.txnId, options, new Headers(), nobodyListens)
  if (refused !== undefined) core.log.info({ callId: incoming.request.callId, refused }, 'not proxied')
}

function route(core: Core, incoming: IncomingRequest, data: Extract<Decision, { action: 'route' }>['data']): void {
  if ('uri' in data) {
    const place = readAppPlace(data.uri)
    if (!place) throw new Error(`'${data.uri}' is not <host>:<port>`)
    handToApp(core, incoming, place)
    return
  }
  const app = core.routes.next(incoming.request.method.toLowerCase(), data.tag)
  if (app) handOver(incoming, app)
  else answer(core, incoming, 480, 'Temporarily Unavailable')
}

function withScheme(uri: string): string {
  return parseSipUri(uri) || uri.startsWith('tel:') ? uri : `sip:${uri}`
}
