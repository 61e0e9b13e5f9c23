import { isIP } from 'node:net'
import { MediaError } from '../protocol/errors.ts'
import {
  type Attribute,
  type Direction,
  directions,
  type MediaDescription,
  type SessionDescription,
} from './description.ts'

/**
 * Reads a session description. Lenient where phones are sloppy (line ends, missing s= and t=), strict where a guess
 * would be wrong. Throws MediaError `invalid_sdp` naming the line.
 * @param field the request parameter it came in
 */
export function parseSdp(text: string, field: string): SessionDescription {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line !== '')
  const fail = (line: string, why: string): never => {
    throw new MediaError('invalid_sdp', `${why}: "${line.slice(0, 80)}"`, field)
  }
  if (lines[0] !== 'v=0') fail(lines[0] ?? '', 'a session description starts with v=0')
  const session: SessionDescription = {
    origin: { sessionId: '', version: '' },
    direction: undefined,
    timing: '',
    media: [],
  }
  let sessionAddress: string | undefined
  let media: MediaDescription | undefined
  for (const line of lines.slice(1)) {
    if (line[1] !== '=') fail(line, 'no SDP line')
    const value = line.slice(2)
    switch (line[0]) {
      case 'o': {
        session.origin = parseOrigin(value) ?? fail(line, 'malformed origin')
        break
      }
      case 'c': {
        const address = parseConnection(value) ?? fail(line, 'no literal IP address')
        if (media) media.address = address
        else sessionAddress = address
        break
      }
      case 't': {
        if (/^\d+ \d+$/.test(value)) session.timing ||= value
        break
      }
      case 'm': {
        media = parseMedia(value) ?? fail(line, 'malformed media line')
        session.media.push(media)
        break
      }
      case 'a': {
        const parsed = parseAttribute(value)
        if (media) media.attributes.push(parsed)
        else if (isDirection(parsed.name)) session.direction = parsed.name
        break
      }
    }
  }
  if (session.origin.sessionId === '') fail(text, 'no o= line')
  session.timing ||= '0 0'
  for (const each of session.media) each.address ??= sessionAddress
  return session
}

function parseOrigin(value: string): SessionDescription['origin'] | undefined {
  const [, sessionId, version, , , address] = value.split(' ')
  return sessionId && version && address ? { sessionId, version } : undefined
}

function parseConnection(value: string): string | undefined {
  const [net, type, address] = value.split(' ')
  const literal = address?.split('/')[0]
  return net === 'IN' && (type === 'IP4' || type === 'IP6') && literal && isIP(literal) ? literal : undefined
}

function parseMedia(value: string): MediaDescription | undefined {
  const [kind, portText, protocol, ...formats] = value.split(' ').filter((word) => word !== '')
  const port = Number(portText?.split('/')[0])
  if (!kind || !protocol || formats.length === 0 || !Number.isInteger(port) || port < 0 || port > 65_535)
    return undefined
  return { kind, port, protocol, formats, address: undefined, attributes: [] }
}

function parseAttribute(value: string): Attribute {
  const colon = value.indexOf(':')
  return colon < 0 ? { name: value, value: undefined } : { name: value.slice(0, colon), value: value.slice(colon + 1) }
}

function isDirection(name: string): name is Direction {
  return (directions as readonly string[]).includes(name)
}
