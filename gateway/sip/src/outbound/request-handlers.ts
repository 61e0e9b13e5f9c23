/** Where an operator wants the requests of a method decided: by an HTTP service, or by an application that is connected to. */
export type RequestHandler =
  | { readonly kind: 'http'; readonly method: 'GET' | 'POST'; readonly url: URL }
  | { readonly kind: 'app'; readonly place: AppPlace }

/** Where an application listens for us. */
export type AppPlace = { readonly host: string; readonly port: number; readonly tls: boolean }

/** The handlers by SIP method; those of `*` take every method without one of its own (wire protocol, section 10). */
export class RequestHandlers {
  private readonly byMethod: ReadonlyMap<string, RequestHandler>

  /** Entries as in the setting; throws an Error that says what is wrong with one. */
  constructor(entries: readonly string[]) {
    this.byMethod = new Map(entries.map(readEntry))
  }

  find(method: string): RequestHandler | undefined {
    if (this.byMethod.size === 0) return undefined
    return this.byMethod.get(method) ?? this.byMethod.get('*')
  }
}

/** `INVITE=https://host/path`, `REGISTER:POST=http://host/path`, `*=tcp://host:port`. */
function readEntry(entry: string): [string, RequestHandler] {
  const match = /^([A-Za-z]+|\*)(?::(GET|POST))?=(\S+)$/i.exec(entry)
  const url = URL.parse(match?.[3] ?? '')
  if (!match || !url) throw new Error(`'${entry}' is not <method>[:GET|:POST]=<url>`)
  const method = (match[1] ?? '').toUpperCase()
  switch (url.protocol) {
    case 'http:':
    case 'https:':
      return [method, { kind: 'http', method: match[2]?.toUpperCase() === 'POST' ? 'POST' : 'GET', url }]
    case 'tcp:':
    case 'tls:': {
      const place = readAppPlace(`${url.host};transport=${url.protocol.slice(0, -1)}`)
      if (!place) throw new Error(`'${entry}' names no host and port`)
      return [method, { kind: 'app', place }]
    }
    default:
      throw new Error(`'${entry}': the URL has to begin with http, https, tcp or tls`)
  }
}

/** `host:port`, with `;transport=tls` if so. Undefined when it is neither. */
export function readAppPlace(text: string): AppPlace | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[\w.-]+):(\d{1,5})(?:;transport=(tcp|tls))?$/i.exec(text)
  if (!match) return undefined
  const [, host = '', port, transport] = match
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port), tls: transport?.toLowerCase() === 'tls' }
}
