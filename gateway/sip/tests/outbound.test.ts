import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import Srf from 'drachtio-srf'
import { describe, expect, it } from 'vitest'
import { TestAuthority } from '../testing/certificates.ts'
import { type App, connectApp } from '../testing/srf-app.ts'
import { secret, startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

type Asked = { readonly method: string; readonly url: URL; readonly body: string }
type Handler = AsyncDisposable & { readonly url: string; readonly asked: Asked[] }

/** An HTTP service that answers each request with this: an object as JSON, a number as status, or what a function does. */
async function handlerThat(
  answers: object | number | ((asked: Asked, response: Parameters<Parameters<typeof createServer>[1] & {}>[1]) => void),
): Promise<Handler> {
  const asked: Asked[] = []
  const server = createServer(async (request: IncomingMessage, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const one = { method: request.method ?? '', url: new URL(request.url ?? '', 'http://x'), body }
    asked.push(one)
    if (typeof answers === 'function') answers(one, response)
    else if (typeof answers === 'number') response.writeHead(answers).end()
    else response.end(JSON.stringify(answers))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/route`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** An application that waits for the server to connect. */
async function listeningApp(prepare: (srf: App) => void, tls?: object): Promise<AsyncDisposable & { port: number }> {
  const srf = new Srf() as unknown as App
  srf.on('error', () => {})
  prepare(srf)
  const server = srf.listen({ host: '127.0.0.1', port: 0, secret, ...(tls && { tls }) }) as Server
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.close()
    },
  }
}

const answers = (srf: App) => {
  srf.invite((request, response) => {
    srf.createUAS(request, response, { localSdp: sdp }).catch(() => {})
  })
}

describe('an HTTP handler', () => {
  it('[OB1] [OB2] is told of the request, and [OB3] rejects it', async () => {
    await using handler = await handlerThat({ action: 'reject', data: { status: 486, reason: 'Not Now' } })
    await using server = await startTestServer({ handlers: [`INVITE=${handler.url}?tenant=1`] })
    await using _app = await connectApp(server, answers)
    await using alice = await WirePhone.open(udpOf(server))
    alice.request('INVITE sip:bob@example.org;color=red', [
      ...alice.party('ob-1', 1, 'INVITE'),
      `Contact: ${alice.contact}`,
    ])
    expect((await alice.nextResponse(486)).reason).toBe('Not Now')
    const [asked] = handler.asked
    expect([asked?.method, asked?.body]).toEqual(['GET', ''])
    expect(Object.fromEntries(asked?.url.searchParams ?? [])).toEqual({
      ...{ tenant: '1', method: 'INVITE', domain: 'example.org', protocol: 'udp', source_address: '127.0.0.1' },
      ...{ fromUser: 'alice', toUser: 'bob', uriUser: 'bob', contentType: '', color: 'red' },
      uri: 'sip:bob@example.org;color=red',
    })
  })

  it('[OB2] gets the request by POST, also where it redirects to', async () => {
    await using handler = await handlerThat(({ url }, response) => {
      if (url.pathname === '/route') response.writeHead(307, { Location: '/elsewhere' }).end()
      else response.end(JSON.stringify({ action: 'reject', data: { status: 404 } }))
    })
    await using server = await startTestServer({ handlers: [`*:POST=${handler.url}`] })
    await using alice = await WirePhone.open(udpOf(server))
    alice.request('MESSAGE sip:bob@example.org', alice.party('ob-2', 1, 'MESSAGE'), 'hello')
    await alice.nextResponse(404)
    expect(handler.asked.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      'POST /route',
      'POST /elsewhere',
    ])
    expect(handler.asked[1]?.body).toMatch(/^MESSAGE sip:bob@example.org SIP\/2.0\r\n.*\r\n\r\nhello$/s)
  })

  it('[OB3] redirects', async () => {
    await using handler = await handlerThat({ action: 'redirect', data: { contact: ['sip:a@192.0.2.1', '192.0.2.2'] } })
    await using server = await startTestServer({ handlers: [`INVITE=${handler.url}`] })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('ob-3')
    const moved = await alice.nextResponse(302)
    expect(moved.headers.list('contact')).toEqual(['<sip:a@192.0.2.1>', '<sip:192.0.2.2>'])
  })

  it('[OB3] has the request proxied', async () => {
    await using server = await startTestServer({ handlers: [] })
    await using bob = await WirePhone.open(udpOf(server))
    await using handler = await handlerThat({
      action: 'proxy',
      data: { destination: `sip:bob@127.0.0.1:${bob.port}`, recordRoute: true },
    })
    await using proxying = await startTestServer({ handlers: [`INVITE=${handler.url}`] })
    await using alice = await WirePhone.open(udpOf(proxying))
    alice.invite('ob-4')
    const invite = await bob.nextRequest('INVITE')
    expect(invite.headers.list('record-route')).toHaveLength(1)
    // The phone talks to one server only: its answer goes the way the request came.
    const answer = ['SIP/2.0 200 OK', ...invite.headers.list('via').map((via) => `Via: ${via}`)]
    const rest = ['from', 'to', 'call-id', 'cseq'].map((key) => `${key}: ${invite.headers.get(key)}`)
    bob.raw([...answer, ...rest, `Contact: ${bob.contact}`, 'Content-Length: 0', '', ''].join('\r\n'), udpOf(proxying))
    await alice.nextResponse(200)
  })

  it('[OB4] names an application to connect to, which gets the request and the dialog', async () => {
    const ended = Promise.withResolvers<void>()
    await using app = await listeningApp((srf) => {
      srf.invite(async (request, response) => {
        const dialog = await srf.createUAS(request, response, { localSdp: sdp })
        dialog.on('destroy', () => {
          srf.endSession(request)
          ended.resolve()
        })
      })
    })
    await using handler = await handlerThat({ action: 'route', data: { uri: `127.0.0.1:${app.port}` } })
    await using server = await startTestServer({ handlers: [`INVITE=${handler.url}`] })
    await using alice = await WirePhone.open(udpOf(server))
    for (const call of ['ob-5', 'ob-6']) {
      alice.invite(call)
      const ok = await alice.nextResponse(200)
      alice.request('ACK sip:bob@127.0.0.1', alice.party(call, 1, 'ACK', ok.toTag))
      alice.request('BYE sip:bob@127.0.0.1', alice.party(call, 2, 'BYE', ok.toTag))
      await alice.nextResponse(200, 'BYE')
    }
    await ended.promise
  })

  it('[OB4] names the tag of connected applications', async () => {
    await using handler = await handlerThat({ action: 'route', data: { tag: 'blue' } })
    await using server = await startTestServer({ handlers: [`INVITE=${handler.url}`] })
    const tagged = async (tag: string, status: number) => {
      const srf = new Srf([tag]) as unknown as App
      srf.invite((_request, response) => response.send(status))
      srf.connect({ ...server.admin, secret })
      await once(srf, 'connect')
      return srf
    }
    const [red, blue] = [await tagged('red', 486), await tagged('blue', 600)]
    await using alice = await WirePhone.open(udpOf(server))
    for (const call of ['ob-7', 'ob-8', 'ob-9']) {
      alice.invite(call)
      await alice.nextResponse(600)
    }
    blue.disconnect()
    await expect
      .poll(async () => {
        alice.invite(`ob-10-${alice.ladder.length}`)
        return (await alice.nextResponse(480).catch(() => undefined))?.status
      })
      .toBe(480)
    red.disconnect()
  })

  it('[OB6] costs the caller a 480 when the application is not there', async () => {
    await using handler = await handlerThat({ action: 'route', data: { uri: '127.0.0.1:9' } })
    await using server = await startTestServer({ handlers: [`INVITE=${handler.url}`] })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('ob-11')
    await alice.nextResponse(480)
  })

  it('[OB7] that fails, is late or talks nonsense costs the caller a 500', async () => {
    for (const answer of [
      500,
      { action: 'dance' },
      { action: 'reject', data: { status: 486, reason: 'a\r\nX: 1' } },
      () => {},
    ]) {
      await using handler = await handlerThat(answer)
      await using server = await startTestServer({ handlers: [`INVITE=${handler.url}`], handlerTimeoutMs: 200 })
      await using alice = await WirePhone.open(udpOf(server))
      alice.invite('ob-12')
      await alice.nextResponse(500)
    }
  })

  it('[OB8] decides nothing about a caller who gave up', async () => {
    const decide = Promise.withResolvers<() => void>()
    await using handler = await handlerThat((_asked, response) => {
      decide.resolve(() => response.end(JSON.stringify({ action: 'reject', data: { status: 486 } })))
    })
    await using server = await startTestServer({ handlers: [`INVITE=${handler.url}`] })
    await using alice = await WirePhone.open(udpOf(server))
    const branch = alice.invite('ob-13')
    const answerNow = await decide.promise
    alice.request('CANCEL sip:bob@127.0.0.1', alice.party('ob-13', 1, 'CANCEL'), '', branch)
    await alice.nextResponse(487)
    answerNow()
    alice.request('MESSAGE sip:bob@127.0.0.1', alice.party('ob-14', 1, 'MESSAGE'))
    await alice.nextResponse(503)
    expect(alice.ladder).not.toContain('< 486')
  })
})

describe('an application as handler', () => {
  it('[OB5] is connected to over TCP', async () => {
    await using app = await listeningApp(answers)
    await using server = await startTestServer({ handlers: [`INVITE=tcp://127.0.0.1:${app.port}`] })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('ob-15')
    await alice.nextResponse(200)
  })

  it('[OB5] [OB9] is connected to over TLS, and checked unless the operator does not mind', async () => {
    await using authority = await TestAuthority.create()
    const pem = await readFile(await authority.issue('IP:127.0.0.1'))
    await using app = await listeningApp(answers, { key: pem, cert: pem })
    for (const [handlerVerify, status] of [
      [true, 480],
      [false, 200],
    ] as const) {
      await using server = await startTestServer({ handlers: [`INVITE=tls://127.0.0.1:${app.port}`], handlerVerify })
      await using alice = await WirePhone.open(udpOf(server))
      alice.invite(`ob-16-${status}`)
      await alice.nextResponse(status)
    }
  })

  it('[OB6] that does not authenticate in time costs the caller a 480', async () => {
    const silent = createTcpServer()
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    await using server = await startTestServer({ handlers: [`INVITE=tcp://127.0.0.1:${port}`], handlerTimeoutMs: 100 })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('ob-17')
    await alice.nextResponse(480)
    silent.close()
  })
})

describe('the encrypted admin port', () => {
  it('takes applications that connect by TLS', async () => {
    await using authority = await TestAuthority.create()
    const adminTlsCertificate = await authority.issue('IP:127.0.0.1')
    await using server = await startTestServer({ adminTlsPort: 0, adminTlsCertificate })
    const srf = new Srf() as unknown as App
    answers(srf)
    srf.connect({ host: '127.0.0.1', port: server.adminTls?.port ?? 0, secret, tls: { ca: await authority.pem() } })
    await once(srf, 'connect')
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('tls-app')
    await alice.nextResponse(200)
    srf.disconnect()
  })
})

describe('the handler setting', () => {
  it('says what is wrong with an entry', async () => {
    for (const [entry, words] of [
      ['INVITE', 'is not <method>'],
      ['INVITE=ftp://x/', 'has to begin with http'],
      ['INVITE=tcp://x', 'names no host and port'],
    ] as const) {
      await expect(startTestServer({ handlers: [entry] })).rejects.toThrow(words)
    }
  })
})
