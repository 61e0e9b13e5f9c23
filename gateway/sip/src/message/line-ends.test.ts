import { describe, expect, it } from 'vitest'
import { parseMessage } from './parse-message.ts'

const head = 'Via: SIP/2.0/UDP h.example;branch=z9hG4bK1\r\nCall-ID: c\r\n'

describe('line ends', () => {
  it('are CRLF: a bare CR or LF is a defect, and hides no header', () => {
    const parsed = parseMessage(Buffer.from(`OPTIONS sip:a@b SIP/2.0\r\n${head}Subject: a\nX-Injected: 1\r\n\r\n`))
    expect(parsed.ok && parsed.defect?.status).toBe(400)
    expect(parsed.ok && parsed.message.headers.has('x-injected')).toBe(false)
  })

  it('before a message are skipped', () => {
    const parsed = parseMessage(Buffer.from(`\r\n\r\nOPTIONS sip:a@b SIP/2.0\r\n${head}\r\n`))
    expect(parsed.ok && parsed.message.callId).toBe('c')
  })

  it('that do not end the headers leave nothing to answer', () => {
    for (const text of ['', '\r\n\r\n', 'hello', `OPTIONS sip:a@b SIP/2.0\r\n${head}`, '\0\0\0\0'])
      expect(parseMessage(Buffer.from(text)).ok).toBe(false)
  })
})
