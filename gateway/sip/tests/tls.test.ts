import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { connect, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestAuthority } from '../testing/certificates.ts'
import { connectApp, type Dialog } from '../testing/srf-app.ts'
import { streamRequest } from '../testing/stream-request.ts'
import { listenerOf, startTestServer } from '../testing/test-server.ts'
import { sdp } from '../testing/wire-phone.ts'
import { listenStream, WireStream } from '../testing/wire-stream.ts'

let authority: TestAuthority
let local: string
let ca: Buffer
beforeAll(async () => {
  authority = await TestAuthority.create()
  local = await authority.issue('DNS:localhost,IP:127.0.0.1')
  ca = await authority.pem()
})
afterAll(() => authority[Symbol.asyncDispose]())

const tls = (settings = {}) =>
  startTestServer({
    listen: ['tls:127.0.0.1:0'],
    tlsCertificates: [local],
    tlsAuthorities: authority.file,
    ...settings,
  })
const fingerprint = (stream: WireStream) => (stream.socket as TLSSocket).getPeerCertificate().subjectaltname

describe('over TLS', () => {
  it('[TR1] a call comes in and is hung up by the same connection', async () => {
    await using server = await tls()
    await using app = await connectApp(server, (srf) => {
      srf.invite((req, res) => {
        expect(req.protocol).toBe('tls')
        srf.createUAS(req, res, { localSdp: sdp }).then((dialog) => srf.emit('answered', dialog))
      })
    })
    await using carol = await WireStream.connectTls({ ...listenerOf(server, 'tls'), ca })
    const answered = once(app.srf, 'answered')
    const contact = ['Contact: <sip:carol@10.9.8.7:5061;transport=tls>', 'Content-Type: application/sdp']
    carol.write(streamRequest('TLS', 'INVITE', 'tls-1', 1, contact, sdp))
    const ok = await carol.next('200')
    expect(ok.headers.get('contact')).toContain(';transport=tls>')
    carol.write(streamRequest('TLS', 'ACK', 'tls-1', 1, [`To: <sip:bob@127.0.0.1>;tag=${ok.toTag}`]))
    const [dialog] = (await answered) as [Dialog]
    dialog.destroy().catch(() => {})
    expect((await carol.next('BYE')).headers.get('via')).toContain('SIP/2.0/TLS')
  })

  it('[TR1] a call goes out to a server whose certificate is good for its address', async () => {
    await using server = await tls()
    await using app = await connectApp(server)
    const identity = await readFile(local)
    await using far = await listenStream({ cert: identity, key: identity })
    app.srf.createUAC(`sip:bob@127.0.0.1:${far.port};transport=tls`, { localSdp: sdp }).catch(() => {})
    const bob = await far.accepted
    expect((await bob.next('INVITE')).headers.get('via')).toContain('SIP/2.0/TLS')
  })

  it('[TR2] a call to a server with a certificate for another name fails at once', async () => {
    await using server = await tls()
    await using app = await connectApp(server)
    const other = await readFile(await authority.issue('DNS:other.example'))
    await using far = await listenStream({ cert: other, key: other })
    const failed = await app.srf
      .createUAC(`sips:bob@127.0.0.1:${far.port}`, { localSdp: sdp })
      .catch((error: unknown) => error)
    expect(failed).toMatchObject({ status: 503 })
  })

  it('[TR3] each name gets its certificate, unknown ones the first', async () => {
    const files = [local, await authority.issue('DNS:a.example,DNS:*.b.example')]
    await using server = await tls({ tlsCertificates: files })
    const shown = async (servername: string) => {
      await using stream = await WireStream.connectTls({
        ...listenerOf(server, 'tls'),
        ca,
        servername,
        checkServerIdentity: () => undefined,
      })
      return fingerprint(stream)
    }
    expect(await shown('a.example')).toBe('DNS:a.example, DNS:*.b.example')
    expect(await shown('x.B.example')).toBe('DNS:a.example, DNS:*.b.example')
    expect(await shown('elsewhere.example')).toBe('DNS:localhost, IP Address:127.0.0.1')
  })

  it('[TR4] new certificates are taken without touching what is connected; wrong ones are not taken', async () => {
    const file = await authority.issue('DNS:before.example')
    await using server = await tls({ tlsCertificates: [file] })
    const open = () => WireStream.connectTls({ ...listenerOf(server, 'tls'), ca, checkServerIdentity: () => undefined })
    await using before = await open()
    await authority.issue('DNS:after.example', file)
    await server.reloadCertificates()
    await using after = await open()
    expect([fingerprint(before), fingerprint(after)]).toEqual(['DNS:before.example', 'DNS:after.example'])
    await writeFile(file, 'no certificate')
    await expect(server.reloadCertificates()).rejects.toThrow(file)
    await using later = await open()
    expect(fingerprint(later)).toBe('DNS:after.example')
    before.write(streamRequest('TLS', 'OPTIONS', 'reload', 1))
    await before.next('503')
  })

  it('[TR5] a server that wants certificates talks to nobody without one', async () => {
    await using server = await tls({ tlsMutual: true })
    const identity = await readFile(local)
    await using known = await WireStream.connectTls({ ...listenerOf(server, 'tls'), ca, cert: identity, key: identity })
    known.write(streamRequest('TLS', 'OPTIONS', 'mutual', 1))
    await known.next('503')
    const unknown = connect({ ...listenerOf(server, 'tls'), ca }).on('error', () => {})
    await new Promise((resolve) => unknown.once('close', resolve))
  })

  it('is refused as a setting without a certificate', async () => {
    await expect(startTestServer({ listen: ['tls:127.0.0.1:0'] })).rejects.toThrow('a tls listener needs a certificate')
    await expect(tls({ tlsCertificates: ['/nowhere.pem'] })).rejects.toThrow('/nowhere.pem')
  })
})
