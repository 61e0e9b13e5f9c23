/** One message of a torture RFC and the treatment it asks for. */
export type Torture = {
  readonly section: string
  readonly name: string
  /** As in the RFC, with LF for CRLF, one character a byte. */
  readonly text: string
  /** `taken` by the application; a status of the server's own; `stray`, a sound response to nothing; `dropped`. */
  readonly treatment: 'taken' | 'stray' | 'dropped' | number
  /** Why, where the RFC leaves a choice. */
  readonly because?: string
}

/** The session description of most messages. */
export function sdp(host: string, times = '0 0'): string {
  return `
v=0
o=mhandley 29739 7272939 IN IP4 ${host}
s=-
c=IN IP4 ${host}
t=${times}
m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC
`
}

/** UTF-8 as the bytes it has on the wire. */
export function bytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** What goes on the wire. */
export function onWire(text: string): Buffer {
  return Buffer.from(text.replace(/^\n/, '').replace(/\n/g, '\r\n'), 'latin1')
}
