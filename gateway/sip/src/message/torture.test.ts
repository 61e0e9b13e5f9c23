import { describe, expect, it } from 'vitest'
import { findDefect } from './find-defect.ts'
import { parseMessage } from './parse-message.ts'

/** RFC 4475: a message as it stands there, with LF for CRLF. What the server makes of it: fine, a status, or dropped. */
function verdict(text: string): 'fine' | 'dropped' | number {
  const parsed = parseMessage(Buffer.from(text.replace(/^\n/, '').replace(/\n/g, '\r\n'), 'latin1'))
  if (!parsed.ok) return 'dropped'
  const defect = parsed.defect ?? findDefect(parsed.message)
  if (!defect) return 'fine'
  return parsed.message.kind === 'response' ? 'dropped' : defect.status
}

const rest = `Via: SIP/2.0/UDP host.example.com;branch=z9hG4bKkdjuw
Max-Forwards: 70
From: <sip:caller@example.org>;tag=33242
To: <sip:j.user@example.com>
Call-ID: torture@example.org
CSeq: 8 INVITE
Contact: <sip:caller@host5.example.net>
`
const options = rest.replace('8 INVITE', '8 OPTIONS')

describe('RFC 4475, 3.1.1: valid messages', () => {
  it('3.1.1.1 a short tortuous INVITE', () => {
    const text = `
INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
TO :
 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
  ;
  tag = 98asjd8
MaX-fOrWaRdS: 0068
Call-ID: wsinv.ndaksdj@192.0.2.1
Content-Length   : 0
cseq: 0009
  INVITE
Via  : SIP  /   2.0
 /UDP
    192.0.2.2;branch=390skdjuw
s :
NewFangledHeader:   newfangled value
 continued newfangled value
UnknownHeaderWithUnusualValue: ;;,,;;,;
Content-Type: application/sdp
Route:
 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
v:  SIP  / 2.0  / TCP     spindle.example.com   ;
  branch  =   z9hG4bK9ikj8  ,
 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
 z9hG4bK30239
m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =
      newvalue ;
  secondparam ; q = 0.33

`
    expect(verdict(text)).toBe('fine')
    const parsed = parseMessage(Buffer.from(text.slice(1).replace(/\n/g, '\r\n')))
    if (!parsed.ok) throw new Error(parsed.reason)
    const { message } = parsed
    expect(message.toTag).toBe('1918181833n')
    expect(message.fromTag).toBe('98asjd8')
    expect(message.cseq).toEqual({ number: 9, method: 'INVITE' })
    expect(message.via).toMatchObject({ transport: 'UDP', host: '192.0.2.2', branch: '390skdjuw' })
    expect(message.headers.list('via')).toHaveLength(3)
    expect(message.headers.get('newfangledheader')).toBe('newfangled value continued newfangled value')
    expect(message.headers.get('subject')).toBe('')
    expect(message.headers.list('contact')).toHaveLength(1)
  })

  it('3.1.1.2 a wide range of valid characters', () => {
    const method = "!interesting-Method0123456789_*+`.%indeed'~"
    expect(
      verdict(`
${method} sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0
Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+\`'~
To: "BEL:\x07 NUL:\x00 DEL:\x7f" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>
From: token1~\` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%="qwerty\\"q";tag=_token~1'+\`*%!-.
Max-Forwards: 255
Call-ID: intmeth.word%ZK-!.*_+'@word\`~)(><:\\/"][?}{
CSeq: 139122385 ${method}
extensionHeader-!.%*+_\`'~:\xef\xbb\xbf\xe5\xa4\xa7\xe5\x81\x9c\xe9\x9b\xbb
Content-Length: 0

`),
    ).toBe('fine')
  })

  it('3.1.1.3–5 escapes in URIs', () => {
    expect(verdict(`INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0\n${rest}\n`)).toBe('fine')
    const nulls = rest.replace('<sip:j.user@', '<sip:null-%00-null@')
    expect(verdict(`INVITE sip:null-%00-null@example.com SIP/2.0\n${nulls}\n`)).toBe('fine')
    const percent = rest.replace(/INVITE/g, 'RE%47IST%45R')
    expect(verdict(`RE%47IST%45R sip:registrar.example.com SIP/2.0\n${percent}\n`)).toBe('fine')
  })

  it('3.1.1.6 no blank between display name and <', () => {
    expect(
      verdict(`OPTIONS sip:user@example.com SIP/2.0\n${options.replace('<sip:caller', 'caller<sip:caller')}\n`),
    ).toBe('fine')
  })

  it('3.1.1.7 long values', () => {
    const long = `${rest}Unknown-${'Long'.repeat(20)}-Name: unknown-${'long'.repeat(200)}-value\n`
    expect(
      verdict(`INVITE sip:user@example.com SIP/2.0\n${long.replace('tag=33242', `tag=12982${'982'.repeat(100)}`)}\n`),
    ).toBe('fine')
  })

  it('3.1.1.8 what follows the message in the datagram is left', () => {
    const text = `REGISTER sip:example.com SIP/2.0\n${rest.replace('8 INVITE', '8 REGISTER')}Content-Length: 0\n\nINVITE sip:x@y SIP/2.0\n`
    const parsed = parseMessage(Buffer.from(text.replace(/\n/g, '\r\n')))
    expect(parsed.ok && parsed.message.body.length).toBe(0)
    expect(verdict(text)).toBe('fine')
  })

  it('3.1.1.9–10 a semicolon in the user part; varied transports', () => {
    expect(verdict(`OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0\n${options}\n`)).toBe('fine')
    for (const transport of ['UDP', 'SCTP', 'TLS', 'UNKNOWN', 'TCP']) {
      expect(verdict(`OPTIONS sip:user@example.com SIP/2.0\n${options.replace('UDP', transport)}\n`)).toBe('fine')
    }
  })

  it('3.1.1.12–13 an unusual and an empty reason phrase', () => {
    expect(verdict(`SIP/2.0 200 = 2**3 * 5**2 \xd0\xbd\xd0\xbe\n${rest}\n`)).toBe('fine')
    expect(verdict(`SIP/2.0 100 \n${rest}\n`)).toBe('fine')
  })
})

describe('RFC 4475, 3.1.2: invalid messages', () => {
  const invite = (change: (text: string) => string) => verdict(`INVITE sip:user@example.com SIP/2.0\n${change(rest)}\n`)

  it('3.1.2.2–3 a Content-Length too large or negative', () => {
    expect(invite((text) => `${text}Content-Length: 9999\n`)).toBe(400)
    expect(invite((text) => `${text}Content-Length: -999\n`)).toBe(400)
  })

  it('3.1.2.4–5 numbers out of range', () => {
    expect(invite((text) => text.replace('8 INVITE', '36893488147419103232 INVITE'))).toBe(400)
    expect(invite((text) => text.replace('Max-Forwards: 70', 'Max-Forwards: 300'))).toBe(400)
    expect(
      verdict(`SIP/2.0 503 Service Unavailable\n${rest.replace('8 INVITE', '9292394834772304023312 OPTIONS')}\n`),
    ).toBe('dropped')
  })

  it('3.1.2.6 an unterminated quote', () => {
    expect(invite((text) => text.replace('To: <sip:', 'To: "Mr. J. User <sip:'))).toBe(400)
  })

  it('3.1.2.7–10 a Request-Line with brackets or stray blanks', () => {
    expect(verdict(`INVITE <sip:user@example.com> SIP/2.0\n${rest}\n`)).toBe(400)
    expect(verdict(`INVITE sip:user@example.com; lr SIP/2.0\n${rest}\n`)).toBe(400)
    expect(verdict(`INVITE sip:user@example.com SIP/2.0  \n${rest}\n`)).toBe(400)
    expect(verdict(`INVITE  sip:user@example.com  SIP/2.0\n${rest}\n`)).not.toBe('fine')
  })

  it('3.1.2.15 a display name with characters that need quotes is let through: nothing depends on it', () => {
    expect(invite((text) => text.replace('From: <', 'From: Bell, Alexander <'))).toBe('fine')
  })

  it('3.1.2.16 an unknown protocol version', () => {
    expect(verdict(`OPTIONS sip:t.watson@example.org SIP/7.0\n${options}\n`)).toBe(505)
  })

  it('3.1.2.17–18 a CSeq method that is another', () => {
    expect(verdict(`OPTIONS sip:user@example.com SIP/2.0\n${rest}\n`)).toBe(400)
    const fangled = rest.replace('8 INVITE', '8 INVITE')
    expect(verdict(`NEWMETHOD sip:user@example.com SIP/2.0\n${fangled}\n`)).toBe(400)
  })

  it('3.1.2.19 an overlarge status code', () => {
    expect(verdict(`SIP/2.0 4294967301 better not break the receiver\n${rest}\n`)).toBe('dropped')
  })
})

describe('RFC 4475, 3.2–3.4: transaction and application layer', () => {
  it('3.3.1 missing required headers', () => {
    for (const name of ['From', 'To', 'Call-ID', 'CSeq']) {
      const without = rest.replace(new RegExp(`^${name}:.*\n`, 'm'), '')
      expect(verdict(`INVITE sip:user@example.com SIP/2.0\n${without}\n`)).toBe(400)
    }
  })

  it('3.3.2 a Request-URI with an unknown scheme', () => {
    expect(verdict(`OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0\n${options}\n`)).toBe(416)
  })

  it('3.3.8–9 more than one of a header there may be one of', () => {
    const twice = `${rest}CSeq: 59 INVITE\nCall-ID: other\nTo: <sip:other@example.com>\n`
    expect(verdict(`INVITE sip:user@example.com SIP/2.0\n${twice}\n`)).toBe(400)
    expect(verdict(`OPTIONS sip:u@example.com SIP/2.0\n${options}Content-Length: 0\nContent-Length: 5\n\nabcde`)).toBe(
      400,
    )
  })

  it('3.3.15 multiple values need no blank between them', () => {
    expect(
      verdict(
        `INVITE sip:u@example.com SIP/2.0\n${rest.replace('<sip:caller@host5', '<sip:a@b>,<sip:caller@host5')}\n`,
      ),
    ).toBe('fine')
  })
})

describe('beyond the RFC', () => {
  it('bare CR and LF are no line ends', () => {
    const text = `OPTIONS sip:user@example.com SIP/2.0\r\n${options.replace(/\n/g, '\r\n')}Subject: a\nX-Injected: 1\r\n\r\n`
    const parsed = parseMessage(Buffer.from(text))
    expect(parsed.ok && parsed.defect?.status).toBe(400)
  })

  it('a head without end, an empty datagram and noise are dropped', () => {
    for (const text of ['', '\n\n\n\n', 'hello', 'OPTIONS sip:a@b SIP/2.0\nVia: x', '\0\0\0\0']) {
      expect(verdict(text)).toBe('dropped')
    }
  })

  it('line ends before a message are skipped', () => {
    expect(verdict(`\n\nOPTIONS sip:user@example.com SIP/2.0\n${options}\n`)).toBe('fine')
  })
})
