import type { IncomingRequest } from '../core/incoming-request.ts'
import { parseSipUri } from '../message/uri.ts'

/** What an HTTP handler is told of a request, in its query (wire protocol, section 10). */
export function handlerQuery({ request, flow }: IncomingRequest): [string, string][] {
  const uri = parseSipUri(request.uri)
  const userOf = (text: string) => parseSipUri(text)?.user ?? ''
  return [
    ['method', request.method],
    ['domain', uri?.host ?? ''],
    ['protocol', flow.protocol],
    ['source_address', flow.remote.host],
    ['fromUser', userOf(request.from.uri)],
    ['toUser', userOf(request.to.uri)],
    ['uriUser', uri?.user ?? ''],
    ['contentType', request.headers.get('content-type') ?? ''],
    ['uri', request.uri],
    ...parametersOf(uri?.parameters ?? ''),
  ]
}

function parametersOf(text: string): [string, string][] {
  return text
    .split(';')
    .filter((one) => one !== '')
    .map((one) => {
      const [name = '', value = ''] = one.split('=', 2)
      return [name, value]
    })
}
