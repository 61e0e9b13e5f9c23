import { describe, expect, it } from 'vitest'
import type { SipServer } from '../src/index.ts'
import { RawApp } from '../testing/raw-app.ts'
import { startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

/** An application of a group that takes calls. */
async function member(server: SipServer, group: string): Promise<RawApp> {
  const app = await RawApp.connect(server, 'invite')
  app.send(`group|${group}`)
  expect((await app.next()).tokens.slice(1, 2)).toEqual(['response'])
  return app
}

/** Alice calls, this application answers, and is lost. Gives the id of the dialog and our tag in it. */
async function orphaned(app: RawApp, alice: WirePhone, callId: string) {
  alice.invite(callId)
  const { tokens } = await app.next()
  app.send(`sip|${tokens[8]}|`, `SIP/2.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n${sdp}`)
  const id = (await app.next()).tokens[11] ?? ''
  const { toTag } = await alice.nextResponse(200, 'INVITE')
  alice.request('ACK sip:bob@127.0.0.1', alice.party(callId, 1, 'ACK', toTag))
  await app.next()
  await app[Symbol.asyncDispose]()
  return { id, toTag }
}

/** What waits for this application's group, once there is as much as expected. */
async function waitingFor(app: RawApp, count: number): Promise<Record<string, unknown>[]> {
  let found: Record<string, unknown>[] = []
  await expect
    .poll(async () => {
      app.send('orphans')
      found = JSON.parse((await app.next()).text) as Record<string, unknown>[]
      return found.length
    })
    .toBe(count)
  return found
}

describe('a dialog whose application is lost', () => {
  it('[AP6] waits for its group, which sees all that it has to know', async () => {
    await using server = await startTestServer()
    await using alice = await WirePhone.open(udpOf(server))
    const { id, toTag } = await orphaned(await member(server, 'desk'), alice, 'adopt-1')
    await using heir = await member(server, 'desk')
    await using stranger = await member(server, 'other')
    expect(await waitingFor(heir, 1)).toEqual([
      {
        ...{ id, kind: 'INVITE', role: 'uas', callId: 'adopt-1', localTag: toTag, remoteTag: 'alice' },
        ...{ localParty: '<sip:bob@127.0.0.1>', remoteParty: '"Alice" <sip:alice@127.0.0.1>' },
        ...{ remoteTarget: `sip:phone@127.0.0.1:${alice.port}`, localSdp: sdp, orphanedAt: expect.any(Number) },
      },
    ])
    await waitingFor(stranger, 0)
  })

  it('[AP7] is adopted once, with the requests that came meanwhile, and lives on', async () => {
    await using server = await startTestServer()
    await using alice = await WirePhone.open(udpOf(server))
    const { id, toTag } = await orphaned(await member(server, 'desk'), alice, 'adopt-2')
    await using heir = await member(server, 'desk')
    await using other = await member(server, 'desk')
    await using stranger = await member(server, 'other')
    await waitingFor(heir, 1)
    alice.request('INFO sip:bob@127.0.0.1', alice.party('adopt-2', 2, 'INFO', toTag), 'held')
    stranger.send(`adopt|${id}`)
    expect((await stranger.next()).tokens[3]).toBe('NOK')

    heir.send(`adopt|${id}`)
    const reply = await heir.next()
    expect([reply.tokens[3], reply.tokens[4], JSON.parse(reply.text).callId]).toEqual(['OK', id, 'adopt-2'])
    const held = await heir.next()
    expect([held.tokens[9], held.text.split(' ')[0]]).toEqual([id, 'INFO'])
    heir.send(`sip|${held.tokens[8]}|${id}`, 'SIP/2.0 200 OK\r\n\r\n')
    await heir.next()
    await alice.nextResponse(200, 'INFO')
    other.send(`adopt|${id}`)
    expect((await other.next()).tokens.slice(3)).toEqual(['NOK', expect.stringContaining('unable to find dialog')])

    heir.send(`sip||${id}`, 'BYE sip:placeholder SIP/2.0\r\n\r\n')
    await heir.next()
    alice.respond(await alice.nextRequest('BYE'), 200)
    expect((await heir.next()).text).toMatch(/^SIP\/2.0 200/)
  })

  it('[AP6] ends by the BYE of the far end', async () => {
    await using server = await startTestServer()
    await using alice = await WirePhone.open(udpOf(server))
    const { toTag } = await orphaned(await member(server, 'desk'), alice, 'adopt-3')
    await using heir = await member(server, 'desk')
    await waitingFor(heir, 1)
    alice.request('BYE sip:bob@127.0.0.1', alice.party('adopt-3', 2, 'BYE', toTag))
    await alice.nextResponse(200, 'BYE')
    await waitingFor(heir, 0)
  })

  it('[AP6] refuses other requests where the operator wants that', async () => {
    await using server = await startTestServer({ orphanRequests: 'refuse' })
    await using alice = await WirePhone.open(udpOf(server))
    const { toTag } = await orphaned(await member(server, 'desk'), alice, 'adopt-4')
    await using heir = await member(server, 'desk')
    await waitingFor(heir, 1)
    alice.request('INFO sip:bob@127.0.0.1', alice.party('adopt-4', 2, 'INFO', toTag))
    await alice.nextResponse(481, 'INFO')
  })

  it('[AP6] ends by itself when nobody adopts it in time, and [AP7] not when somebody has', async () => {
    await using server = await startTestServer({ orphanDialogMs: 1200 })
    await using alice = await WirePhone.open(udpOf(server))
    const kept = await orphaned(await member(server, 'desk'), alice, 'adopt-5')
    await using heir = await RawApp.connect(server)
    heir.send('group|desk')
    await heir.next()
    await waitingFor(heir, 1)
    heir.send(`adopt|${kept.id}`)
    await heir.next()
    await orphaned(await member(server, 'desk'), alice, 'adopt-6')
    expect((await alice.nextRequest('BYE')).callId).toBe('adopt-6')
  })
})

describe('the commands of groups', () => {
  it('are announced, and refuse what makes no sense', async () => {
    await using server = await startTestServer()
    await using app = await RawApp.connect(server)
    app.send('group|')
    expect((await app.next()).tokens.slice(3)).toEqual(['NO', 'invalid group'])
    app.send('orphans')
    expect(await app.next()).toMatchObject({ text: '[]' })
    app.send('adopt|nothing')
    expect((await app.next()).tokens[3]).toBe('NOK')
  })
})
