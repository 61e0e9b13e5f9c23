/** RFC 8866 as far as audio needs it. Every line not understood is kept out of answers, as RFC 3264 allows. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

export type Attribute = { name: string; value: string | undefined }

export type MediaDescription = {
  kind: string
  /** 0: the stream is refused or removed. */
  port: number
  protocol: string
  formats: string[]
  /** Its own c= line, else the session's. */
  address: string | undefined
  attributes: Attribute[]
}

export type SessionDescription = {
  origin: { sessionId: string; version: string }
  direction: Direction | undefined
  /** Of its first t= line, which an answer repeats. */
  timing: string
  media: MediaDescription[]
}

export const directions: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive']

/** The value of an attribute, '' for a flag, undefined when it is not there. */
export function attribute(media: MediaDescription, name: string): string | undefined {
  const found = media.attributes.find((a) => a.name === name)
  return found && (found.value ?? '')
}

/** The direction of a stream: its own, else the session's, else both ways. */
export function directionOf(session: SessionDescription, media: MediaDescription): Direction {
  return directions.find((d) => attribute(media, d) !== undefined) ?? session.direction ?? 'sendrecv'
}

/** The same direction as the other side sees it. */
export function mirrored(direction: Direction): Direction {
  if (direction === 'sendonly') return 'recvonly'
  return direction === 'recvonly' ? 'sendonly' : direction
}
