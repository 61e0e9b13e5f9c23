import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { type App, connectApp, type Dialog } from '../testing/srf-app.ts'
import { fastTimers, startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

/** An application that answers everybody, and the dialogs it got. */
function answering(dialogs: Dialog[]): (srf: App) => void {
  return (srf) => {
    srf.invite(async (req, res) => {
      dialogs.push(await srf.createUAS(req, res, { localSdp: sdp }))
      srf.emit('answered')
    })
  }
}

describe('a caller', () => {
  it('[UA1] is answered, and hangs up', async () => {
    await using server = await startTestServer()
    const dialogs: Dialog[] = []
    await using app = await connectApp(server, answering(dialogs))
    await using alice = await WirePhone.open(udpOf(server))

    alice.invite('call-1')
    const ok = await alice.nextResponse(200)
    expect(ok.headers.get('contact')).toBe(`<sip:127.0.0.1:${udpOf(server).port}>`)
    expect(ok.headers.get('content-type')).toBe('application/sdp')
    expect(ok.body.toString()).toBe(sdp)
    const answered = dialogs.length > 0 ? Promise.resolve() : once(app.srf, 'answered')
    alice.request(`ACK sip:127.0.0.1:${udpOf(server).port}`, alice.party('call-1', 1, 'ACK', ok.toTag))
    await answered
    const [dialog] = dialogs
    expect(dialog?.id).toBe('call-1;from-tag=alice')
    const destroyed = once(dialog as Dialog, 'destroy')
    alice.request(`BYE sip:127.0.0.1:${udpOf(server).port}`, alice.party('call-1', 2, 'BYE', ok.toTag))
    await alice.nextResponse(200, 'BYE')
    await destroyed
    expect(alice.ladder).toEqual(['> INVITE', '< 100', '< 200', '> ACK', '> BYE', '< 200'])
  })

  it('is hung up on', async () => {
    await using server = await startTestServer()
    const dialogs: Dialog[] = []
    await using app = await connectApp(server, answering(dialogs))
    await using alice = await WirePhone.open(udpOf(server))

    alice.invite('call-2')
    const ok = await alice.nextResponse(200)
    const answered = once(app.srf, 'answered')
    alice.request(`ACK sip:127.0.0.1:${udpOf(server).port}`, alice.party('call-2', 1, 'ACK', ok.toTag))
    if (dialogs.length === 0) await answered
    const gone = dialogs[0]?.destroy()
    const bye = await alice.nextRequest('BYE')
    expect(bye.uri).toBe(`sip:phone@127.0.0.1:${alice.port}`)
    expect(bye.headers.get('from')).toBe(ok.headers.get('to'))
    expect(bye.headers.get('to')).toContain(';tag=alice')
    alice.respond(bye, 200)
    await gone
  })

  it('[DG1] gets the 200 again until the ACK arrives', async () => {
    await using server = await startTestServer(fastTimers)
    await using _app = await connectApp(server, answering([]))
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('call-3')
    const ok = await alice.nextResponse(200)
    await alice.nextResponse(200)
    await alice.nextResponse(200)
    alice.request(`ACK sip:127.0.0.1:${udpOf(server).port}`, alice.party('call-3', 1, 'ACK', ok.toTag))
    alice.request(`BYE sip:127.0.0.1:${udpOf(server).port}`, alice.party('call-3', 2, 'BYE', ok.toTag))
    await alice.nextResponse(200, 'BYE')
  })

  it('[DG2] who never sends the ACK gets a BYE, and the application hears why', async () => {
    await using server = await startTestServer(fastTimers)
    const dialogs: Dialog[] = []
    await using app = await connectApp(server, answering(dialogs))
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('call-4')
    await alice.nextResponse(200)
    if (dialogs.length === 0) await once(app.srf, 'answered')
    const destroyed = once(dialogs[0] as Dialog, 'destroy')
    const bye = await alice.nextRequest('BYE')
    expect(bye.headers.get('reason')).toContain('ACK timeout')
    alice.respond(bye, 200)
    const [, reason] = await destroyed
    expect(reason).toBe('ACK timeout')
  })

  it('is refused, and the refusal is repeated until its ACK', async () => {
    await using server = await startTestServer(fastTimers)
    await using _app = await connectApp(server, (srf) => {
      srf.invite((_req, res) => res.send(486))
    })
    await using alice = await WirePhone.open(udpOf(server))
    const branch = alice.invite('call-5')
    const busy = await alice.nextResponse(486)
    await alice.nextResponse(486)
    alice.request(
      `ACK sip:bob@127.0.0.1:${udpOf(server).port}`,
      alice.party('call-5', 1, 'ACK', busy.toTag),
      '',
      branch,
    )
  })

  it('[UA2] gets 503 when no application takes calls, and 501 for a method nobody knows', async () => {
    await using server = await startTestServer()
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('call-6')
    await alice.nextResponse(503)
    for (const [method, status] of [
      ['OPTIONS', 503],
      ['REFER', 405],
      ['BYE', 481],
      ['DANCE', 501],
    ] as const) {
      alice.request(`${method} sip:bob@127.0.0.1`, alice.party(`call-6-${method}`, 1, method))
      await alice.nextResponse(status)
    }
  })

  it('[UA1] who repeats an INVITE is not announced twice, and gets the last response again', async () => {
    await using server = await startTestServer()
    let invites = 0
    await using _app = await connectApp(server, (srf) => {
      srf.invite((_req, res) => {
        invites++
        res.send(180)
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    const branch = alice.invite('call-7')
    await alice.nextResponse(180)
    alice.invite('call-7', [], branch)
    await alice.nextResponse(180)
    expect(invites).toBe(1)
  })

  it('whose INVITE comes twice by different ways gets 482 for the second', async () => {
    await using server = await startTestServer()
    await using _app = await connectApp(server, (srf) => {
      srf.invite((_req, res) => res.send(180))
    })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('call-8')
    await alice.nextResponse(180)
    alice.invite('call-8')
    await alice.nextResponse(482)
  })

  it('[UA3] of an unknown dialog gets 481', async () => {
    await using server = await startTestServer()
    await using alice = await WirePhone.open(udpOf(server))
    alice.request('INFO sip:bob@127.0.0.1', alice.party('call-9', 5, 'INFO', 'nobody'))
    await alice.nextResponse(481)
  })

  it('[UA4] behind another address finds it in received and rport', async () => {
    await using server = await startTestServer()
    await using alice = await WirePhone.open(udpOf(server))
    alice.request('OPTIONS sip:bob@127.0.0.1', [
      'Via: SIP/2.0/UDP 192.0.2.7:5060;rport;branch=z9hG4bKnat1',
      ...alice.party('call-10', 1, 'OPTIONS'),
    ])
    const answer = await alice.nextResponse(503)
    expect(answer.headers.get('via')).toBe(
      `SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bKnat1;received=127.0.0.1;rport=${alice.port}`,
    )
  })

  it('whose ACK copies the CSeq of its INVITE is understood', async () => {
    await using server = await startTestServer(fastTimers)
    const dialogs: Dialog[] = []
    await using app = await connectApp(server, answering(dialogs))
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('call-11')
    const ok = await alice.nextResponse(200)
    if (dialogs.length === 0) await once(app.srf, 'answered')
    const acked = once(dialogs[0] as Dialog, 'ack')
    alice.request('ACK sip:bob@127.0.0.1', alice.party('call-11', 1, 'INVITE', ok.toTag))
    await acked
  })
})

describe('OPTIONS', () => {
  it('[UA6] are answered by the server where the operator wants that, 503 while nobody takes calls', async () => {
    await using server = await startTestServer({ answerOptions: 'unrouted' })
    await using alice = await WirePhone.open(udpOf(server))
    let asked = 0
    const answerNow = async () => {
      alice.request('OPTIONS sip:127.0.0.1', alice.party(`options-${++asked}`, 1, 'OPTIONS'))
      await expect.poll(() => alice.ladder.at(-1)).not.toBe('> OPTIONS')
      return alice.ladder.at(-1)
    }
    expect(await answerNow()).toBe('< 503')
    await using _calls = await connectApp(server, (srf) => srf.invite(() => {}))
    await expect.poll(answerNow).toBe('< 200')
    expect((await alice.nextResponse(200)).headers.list('allow')).toContain('INVITE')
    await using _options = await connectApp(server, (srf) => {
      srf.options((_request, response) => response.send(486))
    })
    await expect.poll(answerNow).toBe('< 486')
  })
})
