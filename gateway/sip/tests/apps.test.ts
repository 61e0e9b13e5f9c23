import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { SipServer } from '../src/index.ts'
import { FrameReader, writeFrame } from '../src/wire/frame.ts'
import { connectApp } from '../testing/srf-app.ts'
import { fastTimers, secret, startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

/** What a server says to frames sent one after another, until it has said `count` things or hung up. */
async function converse(server: SipServer, frames: readonly string[], count: number): Promise<string[]> {
  const socket = connect(server.admin)
  const reader = new FrameReader()
  const heard: string[] = []
  for (const frame of frames) socket.write(writeFrame(frame, undefined))
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      for (const payload of reader.push(chunk)) heard.push(payload.toString().split('|').slice(1).join('|'))
      if (heard.length >= count) resolve()
    })
    socket.on('close', () => resolve())
  })
  socket.destroy()
  return heard
}

describe('several applications', () => {
  it('[AP1] take turns', async () => {
    await using server = await startTestServer()
    const taken: string[] = []
    const named = (name: string) =>
      connectApp(server, (srf) => {
        srf.options((_request, response) => {
          taken.push(name)
          response.send(200)
        })
      })
    await using _a = await named('a')
    await using _b = await named('b')
    await using alice = await WirePhone.open(udpOf(server))
    for (let call = 1; call <= 4; call++) {
      alice.request('OPTIONS sip:bob@127.0.0.1', alice.party(`turn-${call}`, call, 'OPTIONS'))
      await alice.nextResponse(200)
    }
    expect(taken.toSorted()).toEqual(['a', 'a', 'b', 'b'])
    expect(taken[0]).not.toBe(taken[1])
  })

  it('[AP1] take the requests of their own dialogs only', async () => {
    await using server = await startTestServer()
    const infos: string[] = []
    const named = (name: string) =>
      connectApp(server, (srf) => {
        srf.invite(async (request, response) => {
          const dialog = await srf.createUAS(request, response, { localSdp: sdp })
          dialog.on('info', (_info, answer) => {
            infos.push(name)
            answer.send(200)
          })
        })
      })
    await using _a = await named('a')
    await using _b = await named('b')
    await using alice = await WirePhone.open(udpOf(server))
    for (const call of ['own-1', 'own-2']) {
      alice.invite(call)
      const ok = await alice.nextResponse(200, 'INVITE')
      alice.request('ACK sip:bob@127.0.0.1', alice.party(call, 1, 'ACK', ok.toTag))
      for (const seq of [2, 3]) {
        alice.request('INFO sip:bob@127.0.0.1', alice.party(call, seq, 'INFO', ok.toTag))
        await alice.nextResponse(200, 'INFO')
      }
    }
    expect(infos[0]).toBe(infos[1])
    expect(infos[2]).toBe(infos[3])
    expect(infos[0]).not.toBe(infos[2])
  })
})

describe('an application that vanishes', () => {
  it('[AP2] leaves 480 for callers it has not answered, and 503 for the next', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server, (srf) => {
      srf.invite((_request, response) => {
        response.send(180)
        srf.emit('ringing')
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('vanish-1')
    await alice.nextResponse(180)
    app.vanish()
    await alice.nextResponse(480)
    alice.invite('vanish-2')
    await alice.nextResponse(503)
  })

  it('[AP3] leaves dialogs that still take a BYE, and nothing else', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server, (srf) => {
      srf.invite((request, response) => {
        if (request.get('Call-ID') === 'vanish-3') srf.createUAS(request, response, { localSdp: sdp })
        else response.send(180)
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('vanish-3')
    const ok = await alice.nextResponse(200)
    alice.request('ACK sip:bob@127.0.0.1', alice.party('vanish-3', 1, 'ACK', ok.toTag))
    alice.invite('waiting')
    await alice.nextResponse(180)
    app.vanish()
    // The server knows it as soon as the caller who waits is sent away.
    await alice.nextResponse(480)
    alice.request('INFO sip:bob@127.0.0.1', alice.party('vanish-3', 2, 'INFO', ok.toTag))
    await alice.nextResponse(481, 'INFO')
    alice.request('BYE sip:bob@127.0.0.1', alice.party('vanish-3', 3, 'BYE', ok.toTag))
    await alice.nextResponse(200, 'BYE')
    alice.request('BYE sip:bob@127.0.0.1', alice.party('vanish-3', 4, 'BYE', ok.toTag))
    await alice.nextResponse(481, 'BYE')
  })

  it('[AP4] has its outgoing calls cancelled', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp }).catch(() => {})
    const invite = await bob.nextRequest('INVITE')
    bob.respond(invite, 180)
    app.vanish()
    bob.respond(await bob.nextRequest('CANCEL'), 200)
    bob.respond(invite, 487)
    await bob.nextRequest('ACK')
  })

  it('[AP4] has a call that is answered all the same acknowledged and ended', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp }).catch(() => {})
    const invite = await bob.nextRequest('INVITE')
    bob.respond(invite, 180)
    app.vanish()
    await bob.nextRequest('CANCEL')
    bob.respond(invite, 200, [`Contact: ${bob.contact}`], 'bob')
    await bob.nextRequest('ACK')
    await bob.nextRequest('BYE')
  })

  it('[UA5] that is there but never answers costs the caller a 408', async () => {
    await using server = await startTestServer({ ...fastTimers, answerTimeoutMs: 100 })
    await using _app = await connectApp(server, (srf) => {
      srf.invite(() => {})
    })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('silent-1')
    await alice.nextResponse(408)
  })
})

describe('the admin port', () => {
  it('answers authenticate with the addresses and a version that srf can read', async () => {
    await using server = await startTestServer()
    const [reply = ''] = await converse(server, [`m1|authenticate|${secret}|tag1,tag2`], 1)
    const here = server.listeners.map(({ protocol, host, port }) => `${protocol}/${host}:${port}`).join(',')
    const tokens = reply.split('|')
    expect(tokens.slice(0, 4)).toEqual(['response', 'm1', 'OK', here])
    expect(tokens[4]).toMatch(/^v\d+\.\d+\.\d+/)
    expect(tokens[5]).toBe(here)
  })

  it('[AP5] hangs up on a wrong secret, on commands before authenticate and on unknown ones', async () => {
    await using server = await startTestServer()
    expect(await converse(server, ['m1|authenticate|wrong|'], 2)).toEqual(['response|m1|NO|incorrect secret'])
    expect(await converse(server, ['m1|route|invite'], 2)).toEqual(['response|m1|NO|not authenticated'])
    const [, unknown] = await converse(server, [`m1|authenticate|${secret}|`, 'm2|dance'], 3)
    expect(unknown).toBe('response|m2|NO|Unknown message type')
  })

  it('pongs, and removes one route and no other', async () => {
    await using server = await startTestServer()
    const commands = ['m2|ping', 'm3|route|invite', 'm4|route|info', 'm5|remove_route|info', 'm6|remove_route|info']
    const [, ...replies] = await converse(server, [`m1|authenticate|${secret}|`, ...commands], 6)
    expect(replies).toEqual([
      'response|m2|OK|pong',
      'response|m3|OK',
      'response|m4|OK',
      'response|m5|OK',
      'response|m6|NO|no route for info',
    ])
  })

  it('gives an application that asked twice for a verb one turn, and forgets it at the first remove_route', async () => {
    await using server = await startTestServer()
    const commands = ['m2|route|info', 'm3|route|info', 'm4|remove_route|info', 'm5|remove_route|info']
    const [, ...replies] = await converse(server, [`m1|authenticate|${secret}|`, ...commands], 5)
    expect(replies.map((reply) => reply.split('|')[2])).toEqual(['OK', 'OK', 'OK', 'NO'])
  })

  it('takes frames far longer than the C++ server does', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const body = 'x'.repeat(50_000)
    app.srf.request(
      `sip:bob@127.0.0.1:${bob.port}`,
      { method: 'MESSAGE', body, headers: { 'Content-Type': 'text/plain' } },
      () => {},
    )
    expect((await bob.nextRequest('MESSAGE')).body.toString()).toBe(body)
  })

  it('refuses header values with a bare line end', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    for (const value of ['a\nX-Injected: 1', 'a\rX-Injected: 1']) {
      const error = await new Promise((resolve) => {
        app.srf.request('sip:bob@127.0.0.1:1', { method: 'OPTIONS', headers: { Subject: value } }, resolve)
      })
      expect(String(error)).toContain('bare CR or LF')
    }
  })
})

describe('call records', () => {
  it('tell of attempt, start and stop', async () => {
    await using server = await startTestServer({ cdrs: true })
    const records: unknown[] = []
    await using app = await connectApp(server, (srf) => {
      srf.on('cdr:attempt', (source) => records.push(['attempt', source]))
      srf.on('cdr:start', (source, _time, role) => records.push(['start', source, role]))
      srf.on('cdr:stop', (source, _time, reason) => {
        records.push(['stop', source, reason])
        srf.emit('stopped')
      })
      srf.invite((request, response) => {
        srf.createUAS(request, response, { localSdp: sdp })
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    const stopped = once(app.srf, 'stopped')
    alice.invite('cdr-1')
    const ok = await alice.nextResponse(200)
    alice.request('ACK sip:bob@127.0.0.1', alice.party('cdr-1', 1, 'ACK', ok.toTag))
    alice.request('BYE sip:bob@127.0.0.1', alice.party('cdr-1', 2, 'BYE', ok.toTag))
    await stopped
    expect(records).toEqual([
      ['attempt', 'network'],
      ['start', 'application', 'uas'],
      ['stop', 'network', 'normal-release'],
    ])
  })
})
