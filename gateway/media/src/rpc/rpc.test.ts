import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextEvent, SECRET, startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone } from '../../test-kit/rtp-phone.ts'
import { connectMedia } from '../client/index.ts'
import { startMediaServer } from '../index.ts'
import { MAX_LINE_BYTES } from '../protocol/index.ts'
import { LineReader } from './line-reader.ts'

/** A client without manners: sends any bytes, collects the answers. */
async function rawClient(port: number) {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const lines = new LineReader()
  const answers: { id: number | null; error?: { code: string; field?: string }; result?: unknown }[] = []
  socket.on('data', (data) => answers.push(...lines.push(data).map((line) => JSON.parse(line))))
  socket.on('error', () => {})
  return {
    socket,
    answers,
    send: (message: unknown) => socket.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`),
    async [Symbol.asyncDispose]() {
      socket.destroy()
    },
  }
}

const ended = (socket: Socket) => until(() => socket.destroyed || socket.readableEnded)

describe('RPC', () => {
  it('[RP1] refuses everything before hello, and a wrong secret', async () => {
    await using media = await startMedia()
    await using raw = await rawClient(media.server.rpcPort)
    raw.send({ id: 1, method: 'server.stats', params: {} })
    raw.send({ id: 2, method: 'hello', params: { secret: 'guess' } })
    await ended(raw.socket)
    expect(raw.answers.map(({ id, error }) => [id, error?.code])).toEqual([
      [1, 'unauthorized'],
      [2, 'unauthorized'],
    ])
    await expect(
      connectMedia({ host: '127.0.0.1', port: media.server.rpcPort, secret: 'guess' }),
    ).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it.each([
    ['{"id":', 'malformed_request', undefined],
    ['[]', 'malformed_request', undefined],
    [{ id: 1.5, method: 'server.stats', params: {} }, 'malformed_request', 'id'],
    [{ id: 1, method: 'leg.explode', params: {} }, 'unknown_method', 'method'],
    [{ id: 1, method: '__proto__', params: {} }, 'unknown_method', 'method'],
    [{ id: 1, method: 'leg.close', params: {} }, 'invalid_params', 'legId'],
    [{ id: 1, method: 'leg.close', params: { legId: 'x', why: 1 } }, 'invalid_params', 'why'],
    [{ id: 1, method: 'leg.create', params: { kind: 'smoke' } }, 'invalid_params', 'kind'],
    [{ id: 1, method: 'leg.play', params: { legId: 'x', files: ['a', 7] } }, 'invalid_params', 'files.1'],
    [{ id: 1, method: 'leg.dtmf', params: { legId: 'x', digits: '12x' } }, 'invalid_params', 'digits'],
    [{ id: 1, method: 'leg.stop', params: { legId: 'x' } }, 'leg_not_found', 'legId'],
    [{ id: 1, method: 'bridge.create', params: { legs: ['x', 'y'] } }, 'leg_not_found', 'legs.0'],
  ])('[RP2] %j is %s, field %s', async (message, code, field) => {
    await using media = await startMedia()
    await using raw = await rawClient(media.server.rpcPort)
    raw.send({ id: 0, method: 'hello', params: { secret: SECRET } })
    raw.send(message)
    await until(() => raw.answers.length === 2)
    expect(raw.answers.find((answer) => answer.error)?.error).toMatchObject(field ? { code, field } : { code })
  })

  it('[RP3] cuts off who sends endless lines', async () => {
    await using media = await startMedia()
    await using raw = await rawClient(media.server.rpcPort)
    raw.socket.write(Buffer.alloc(MAX_LINE_BYTES + 2, 0x61))
    await until(() => raw.answers.length === 1)
    expect(raw.answers[0]!.error!.code).toBe('malformed_request')
    await ended(raw.socket)
  })

  it('[RP4] keeps the legs of a lost connection for its owner, with what happened meanwhile', async () => {
    await using media = await startMedia({ ownerGraceMs: 5_000, rtpTimeoutMs: 200 })
    const at = { host: '127.0.0.1', port: media.server.rpcPort, secret: SECRET, owner: 'gateway-1' }
    await using phone = await openPhone()
    const before = await connectMedia(at)
    const { legId, sdp } = await before.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
    phone.connect(sdp)
    await before.close()
    await until(async () => (await media.client.call('server.stats', {})).connections === 1)
    phone.key(9)
    await until(async () => (await media.client.call('leg.stats', { legId })).state === 'lost')
    await using raw = await rawClient(media.server.rpcPort)
    raw.send({ id: 1, method: 'hello', params: { secret: SECRET, owner: 'gateway-1' } })
    await until(() => raw.answers.length === 4)
    expect(raw.answers[0]!.result).toMatchObject({ legs: [legId], bridges: [], recordings: [] })
    expect(raw.answers.slice(1).map((answer) => (answer as unknown as { event: string }).event)).toEqual([
      'leg.connected',
      'dtmf',
      'leg.lost',
    ])
  })

  it('[RP4] tells a client that comes anew what happened, after it could listen', async () => {
    await using media = await startMedia()
    const at = { host: '127.0.0.1', port: media.server.rpcPort, secret: SECRET, owner: 'gateway-1' }
    await using phone = await openPhone()
    const before = await connectMedia(at)
    const { legId, sdp } = await before.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
    phone.connect(sdp)
    await before.close()
    await until(async () => (await media.client.call('server.stats', {})).connections === 1)
    phone.key(9)
    await until(async () => (await media.client.call('leg.stats', { legId })).packetsReceived > 6)
    await using after = await connectMedia(at)
    expect(await nextEvent(after, 'dtmf')).toMatchObject({ legId, digit: '9' })
  })

  it('[RP10] an event about a play never overtakes its id, though both come in one piece', async () => {
    const server = createServer((socket) =>
      socket.on('data', (data) => {
        const { id, method } = JSON.parse(String(data))
        const hello = { version: 1, owner: 'x', legs: [], bridges: [], recordings: [] }
        const result = method === 'hello' ? hello : { playId: 'p1', durationMs: 1 }
        const event = { event: 'play.ended', data: { legId: 'x', playId: 'p1', reason: 'finished' } }
        socket.write(`${JSON.stringify({ id, result })}\n${JSON.stringify(event)}\n`)
      }),
    ).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await using client = await connectMedia({ host: '127.0.0.1', port, secret: SECRET })
    const order: string[] = []
    client.on('play.ended', () => order.push('ended'))
    const play = async () => {
      const { playId } = await client.call('leg.play', { legId: 'x', files: ['f'] })
      order.push(playId)
    }
    await play()
    await until(() => order.length === 3)
    expect(order).toEqual(['ended', 'p1', 'ended'])
    server.close()
  })

  it('[RP6] the client leaves a server that talks nonsense', async () => {
    const server = createServer((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await expect(
      connectMedia({ host: '127.0.0.1', port, secret: SECRET, requestTimeoutMs: 200 }),
    ).rejects.toMatchObject({ code: 'disconnected' })
    server.close()
  })

  it('[RP5] closes the legs of an owner that stays away', async () => {
    await using media = await startMedia({ ownerGraceMs: 100 })
    const other = await connectMedia({ host: '127.0.0.1', port: media.server.rpcPort, secret: SECRET })
    await other.call('leg.create', { kind: 'rtp' })
    expect((await media.client.call('server.stats', {})).legs).toBe(1)
    await other.close()
    await until(async () => (await media.client.call('server.stats', {})).legs === 0)
  })

  it('[RP6] the client comes back by itself, and refuses meanwhile', async () => {
    const first = await startMediaServer({ secret: SECRET, rpcPort: 0, metricsPort: 0, logLevel: 'silent' })
    await using client = await connectMedia({
      host: '127.0.0.1',
      port: first.rpcPort,
      secret: SECRET,
      reconnectMs: { first: 10, longest: 50 },
    })
    const down = once(client, 'down')
    await first.close()
    await down
    await expect(client.call('server.stats', {})).rejects.toMatchObject({ code: 'disconnected' })
    const up = once(client, 'up')
    await using _again = await startMediaServer({
      secret: SECRET,
      rpcPort: first.rpcPort,
      metricsPort: 0,
      logLevel: 'silent',
    })
    expect((await up)[0]).toMatchObject({ version: 1, legs: [] })
    expect((await client.call('server.stats', {})).connections).toBe(1)
  })

  it('[RP7] a leg that closes tells its owner, and its bridge ends', async () => {
    await using media = await startMedia()
    const a = await media.client.call('leg.create', { kind: 'rtp' })
    const b = await media.client.call('leg.create', { kind: 'rtp' })
    const { bridgeId } = await media.client.call('bridge.create', { legs: [a.legId, b.legId] })
    await expect(media.client.call('bridge.create', { legs: [a.legId, b.legId] })).rejects.toMatchObject({
      code: 'leg_already_bridged',
    })
    const closed = nextEvent(media.client, 'leg.closed')
    await media.client.call('leg.close', { legId: a.legId })
    expect(await closed).toEqual({ legId: a.legId, reason: 'requested' })
    await expect(media.client.call('bridge.close', { bridgeId })).rejects.toMatchObject({ code: 'bridge_not_found' })
    expect((await media.client.call('server.stats', {})).portsInUse).toBe(1)
  })

  it('[RP8] survives any session description', async () => {
    await using media = await startMedia()
    await using phone = await openPhone()
    const lines = phone.sdp().split('\r\n')
    const mangled = fc
      .array(fc.oneof(fc.constantFrom(...lines), fc.string(), fc.constantFrom('m=audio 1 RTP/AVP', 'c=IN IP4', 'a=')))
      .map((parts) => ['v=0', ...parts].join('\r\n'))
    await fc.assert(
      fc.asyncProperty(mangled, fc.constantFrom('rtp' as const, 'webrtc' as const), async (offer, kind) => {
        const outcome = await media.client.call('leg.create', { kind, offer }).catch((error) => error)
        if ('legId' in outcome) await media.client.call('leg.close', { legId: outcome.legId })
        else expect(['invalid_sdp', 'no_common_codec']).toContain(outcome.code)
      }),
      { numRuns: 300 },
    )
  })

  it('[RP9] survives any datagram', async () => {
    await using media = await startMedia()
    await using phone = await openPhone()
    const { legId, sdp } = await media.client.call('leg.create', { kind: 'rtp', offer: phone.sdp(), levels: true })
    phone.connect(sdp)
    const { recordingId } = await media.client.call('recording.start', { customer: legId, path: 'fuzz.wav' })
    const rtpLike = fc
      .tuple(
        fc.integer({ min: 0x80, max: 0xbf }),
        fc.constantFrom(8, 0, 101, 0x88, 200),
        fc.uint8Array({ maxLength: 400 }),
      )
      .map(([first, second, rest]) => Buffer.from([first, second, ...rest]))
    const datagrams = fc.sample(
      fc.oneof(
        rtpLike,
        fc.uint8Array({ maxLength: 300 }).map((d) => Buffer.from(d)),
      ),
      { numRuns: 1_000, seed: 4733 },
    )
    for (const [i, datagram] of datagrams.entries()) {
      phone.raw(datagram)
      if (i % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    const key = nextEvent(media.client, 'dtmf', ({ digit }) => digit === 'C')
    // the socket may still be full of the others: pressed until it is heard
    const pressing = setInterval(() => phone.key(14), 100)
    await key.finally(() => clearInterval(pressing))
    expect((await media.client.call('recording.stop', { recordingId })).durationMs).toBeGreaterThan(0)
  })
})
