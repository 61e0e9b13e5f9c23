import type { IncomingMessage } from 'node:http'
import type { Express } from 'express'

/** The address a request came from, as express' `req.ip` has it: past the proxies that are trusted, and no further. */
export function createAddressOf(app: Express): (request: IncomingMessage) => string {
  const trusts = app.get('trust proxy fn') as (address: string, hop: number) => boolean
  return ({ socket, headers }) => {
    const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
    const hops = [socket.remoteAddress ?? '', ...told.map((hop) => hop.trim()).reverse()].filter(Boolean)
    return hops.find((hop, i) => !trusts(hop, i)) ?? hops.at(-1) ?? ''
  }
}
