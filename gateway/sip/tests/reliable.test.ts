import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { connectApp, type Message } from '../testing/srf-app.ts'
import { fastTimers, startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

describe('reliable provisional responses to a caller (RFC 3262)', () => {
  it('[RP1] are repeated until their PRACK, which the application hears', async () => {
    await using server = await startTestServer(fastTimers)
    const confirmed: string[] = []
    await using app = await connectApp(server, (srf) => {
      srf.invite((_request, response) => {
        response.send(183, { headers: { Require: '100rel' }, body: sdp }, undefined, (prack) => {
          confirmed.push(prack.get('RAck'))
          response.send(200, { body: sdp })
          srf.emit('confirmed')
        })
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    const heard = once(app.srf, 'confirmed')
    alice.invite('rel-1', ['Supported: 100rel'])
    const progress = await alice.nextResponse(183)
    expect(progress.headers.get('require')).toBe('100rel')
    expect(progress.headers.get('contact')).toContain('sip:127.0.0.1')
    const rseq = progress.headers.get('rseq')
    expect((await alice.nextResponse(183)).headers.get('rseq')).toBe(rseq)
    const prack = [...alice.party('rel-1', 2, 'PRACK', progress.toTag), `RAck: ${rseq} 1 INVITE`]
    alice.request('PRACK sip:bob@127.0.0.1', prack)
    await alice.nextResponse(200, 'PRACK')
    await heard
    expect(confirmed).toEqual([`${rseq} 1 INVITE`])
    const ok = await alice.nextResponse(200, 'INVITE')
    alice.request('ACK sip:bob@127.0.0.1', alice.party('rel-1', 1, 'ACK', ok.toTag))
    alice.request(
      'PRACK sip:bob@127.0.0.1',
      alice.party('rel-1', 3, 'PRACK', ok.toTag).concat(`RAck: ${rseq} 1 INVITE`),
    )
    await alice.nextResponse(481, 'PRACK')
  })

  it('[RP2] go out one at a time, and a 200 waits for the one with a body', async () => {
    await using server = await startTestServer()
    await using _app = await connectApp(server, (srf) => {
      srf.invite((_request, response) => {
        response.send(180, { headers: { Require: '100rel' } })
        response.send(183, { headers: { Require: '100rel' }, body: sdp })
        response.send(200, { body: sdp })
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('rel-2', ['Require: 100rel'])
    const first = await alice.nextResponse(180)
    const confirm = async (seq: number, rseq: number) => {
      const headers = [...alice.party('rel-2', seq, 'PRACK', first.toTag), `RAck: ${rseq} 1 INVITE`]
      alice.request('PRACK sip:bob@127.0.0.1', headers)
      await alice.nextResponse(200, 'PRACK')
    }
    const rseq = Number(first.headers.get('rseq'))
    await confirm(2, rseq)
    const second = await alice.nextResponse(183)
    expect(second.headers.get('rseq')).toBe(String(rseq + 1))
    await confirm(3, rseq + 1)
    await alice.nextResponse(200, 'INVITE')
    expect(alice.ladder.filter((line) => line.startsWith('< 18'))).toEqual(['< 180', '< 183'])
    expect(alice.ladder.indexOf('< 183')).toBeGreaterThan(alice.ladder.indexOf('> PRACK'))
    expect(alice.ladder.at(-1)).toBe('< 200')
    expect(alice.ladder.lastIndexOf('> PRACK')).toBeLessThan(alice.ladder.length - 1)
  })

  it('[RP3] are refused to the application when the caller does not support them', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server, (srf) => {
      srf.invite((_request, response) => {
        response.send(183, { headers: { Require: '100rel' } }, (error) => srf.emit('refused', error))
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    const refused = once(app.srf, 'refused')
    alice.invite('rel-3')
    expect((await refused)[0]).toContain('does not support 100rel')
  })

  it('[RP4] never confirmed: the caller gets 504 and the application a cancel', async () => {
    await using server = await startTestServer(fastTimers)
    await using app = await connectApp(server, (srf) => {
      srf.invite((request, response) => {
        request.on('cancel', () => srf.emit('cancelled'))
        response.send(183, { headers: { Require: '100rel' }, body: sdp })
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    const cancelled = once(app.srf, 'cancelled')
    alice.invite('rel-4', ['Supported: 100rel'])
    await alice.nextResponse(504)
    await cancelled
  })
})

describe('reliable provisional responses to an application', () => {
  it('[RP5] are confirmed by PRACK once, and repetitions are not passed on', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const progress: Message[] = []
    const calling = app.srf.createUAC(
      `sip:bob@127.0.0.1:${bob.port}`,
      { localSdp: sdp },
      { cbProvisional: (response) => progress.push(response) },
    )
    const invite = await bob.nextRequest('INVITE')
    const reliable = ['Require: 100rel', 'RSeq: 77', `Contact: ${bob.contact}`]
    bob.respond(invite, 183, reliable, 'bob')
    const prack = await bob.nextRequest('PRACK')
    expect(prack.headers.get('rack')).toBe(`77 ${invite.cseq.number} INVITE`)
    expect(prack.cseq.number).toBe(invite.cseq.number + 1)
    expect(prack.uri).toBe(`sip:phone@127.0.0.1:${bob.port}`)
    expect(prack.toTag).toBe('bob')
    bob.respond(prack, 200)
    bob.respond(invite, 183, reliable, 'bob')
    bob.respond(invite, 200, [`Contact: ${bob.contact}`, 'Content-Type: application/sdp'], 'bob', sdp)
    expect((await bob.nextRequest('ACK')).cseq.number).toBe(invite.cseq.number)
    await calling
    expect(progress).toHaveLength(1)
    expect(bob.ladder.filter((line) => line === '< PRACK')).toHaveLength(1)
  })

  it('[RP6] without Contact are confirmed where the INVITE went', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const uri = `sip:bob@127.0.0.1:${bob.port}`
    app.srf.createUAC(uri, { localSdp: sdp }).catch(() => {})
    bob.respond(await bob.nextRequest('INVITE'), 180, ['Require: 100rel', 'RSeq: 1'], 'bob')
    expect((await bob.nextRequest('PRACK')).uri).toBe(uri)
  })
})
