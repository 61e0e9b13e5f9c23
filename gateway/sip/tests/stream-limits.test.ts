import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { SipServer } from '../src/index.ts'
import { connectApp } from '../testing/srf-app.ts'
import { streamRequest } from '../testing/stream-request.ts'
import { listenerOf, startTestServer, tcpOf } from '../testing/test-server.ts'
import { WireStream } from '../testing/wire-stream.ts'

const metric = async (server: SipServer, name: string) => {
  const text = await (await fetch(`http://127.0.0.1:${server.ops?.port}/metrics`)).text()
  return text.split('\n').filter((line) => line.startsWith(name))
}

describe('connections that are held without use', () => {
  it('[TR10] are closed when no message comes', async () => {
    await using server = await startTestServer({ streamFirstMessageMs: 30, metricsPort: 0 })
    await using silent = await WireStream.connect(tcpOf(server))
    await silent.closed
    expect(await metric(server, 'ringdown_sip_connections_cut_total')).toEqual([
      'ringdown_sip_connections_cut_total{reason="no message",protocol="tcp"} 1',
    ])
  })

  it('[TR10] are closed when the message comes too slowly, however steadily', async () => {
    await using server = await startTestServer({ streamMessageMs: 100 })
    await using slow = await WireStream.connect(tcpOf(server))
    slow.write(`${streamRequest('TCP', 'OPTIONS', 'slow-1', 1)}`)
    await slow.next('503')
    const drip = setInterval(() => slow.socket.writable && slow.write('A'), 5)
    await slow.closed
    clearInterval(drip)
  })

  it('[TR10] are closed when a WebSocket handshake does not come', async () => {
    await using server = await startTestServer({ listen: ['ws:127.0.0.1:0'], streamFirstMessageMs: 50 })
    const { port } = listenerOf(server, 'ws')
    const silent = connect(port, '127.0.0.1')
    const slow = connect(port, '127.0.0.1')
    slow.write('GET / HTTP/1.1\r\nHost: a\r\nX-A')
    const closed = (socket: Socket) => new Promise((resolve) => socket.on('error', () => {}).once('close', resolve))
    await Promise.all([closed(silent.resume()), closed(slow.resume())])
  })

  it('[TR11] are closed when idle, unless somebody registered over them', async () => {
    await using server = await startTestServer({ streamIdleMs: 40 })
    await using _app = await connectApp(server, (srf) => {
      srf.register((_request, response) => response.send(200, { headers: { Expires: '60' } }))
    })
    await using registered = await WireStream.connect(tcpOf(server))
    await using idle = await WireStream.connect(tcpOf(server))
    registered.write(
      streamRequest('TCP', 'REGISTER', 'idle-1', 1, ['Contact: <sip:carol@10.9.8.7;transport=tcp>', 'Expires: 60']),
    )
    await registered.next('200')
    idle.write(streamRequest('TCP', 'OPTIONS', 'idle-2', 1))
    await idle.closed
    registered.write(streamRequest('TCP', 'OPTIONS', 'idle-3', 1))
    await registered.next('503')
  })

  it('[TR12] are closed when the far end does not read', async () => {
    await using server = await startTestServer({ streamUnsentBytes: 20_000, metricsPort: 0 })
    const deaf = connect(tcpOf(server))
    await once(deaf, 'connect')
    deaf.pause()
    deaf.on('error', () => {})
    const closed = new Promise((resolve) => deaf.once('close', resolve))
    for (let i = 0; i < 50_000 && deaf.writable; i++) {
      if (deaf.write(streamRequest('TCP', 'OPTIONS', `deaf-${i}`, 1))) continue
      await Promise.race([new Promise((resolve) => deaf.once('drain', resolve)), closed])
    }
    deaf.resume()
    await closed
    expect(String(await metric(server, 'ringdown_sip_connections_cut_total'))).toContain('does not read')
  })

  it('[TR13] are counted per source and in all', async () => {
    await using server = await startTestServer({ streamConnectionsPerSource: 2 })
    await using _first = await WireStream.connect(tcpOf(server))
    const second = await WireStream.connect(tcpOf(server))
    await using third = await WireStream.connect(tcpOf(server))
    await third.closed
    second.socket.destroy()
    // The server hears of that a moment later.
    const answered = async () => {
      await using next = await WireStream.connect(tcpOf(server))
      next.write(streamRequest('TCP', 'OPTIONS', 'slots', 1))
      return await Promise.race([next.next('503'), next.closed])
    }
    while (!(await answered()));
  })
})
