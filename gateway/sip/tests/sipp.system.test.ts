import { describe, expect, it } from 'vitest'
import type { SipServer } from '../src/index.ts'
import { runSipp } from '../testing/sipp.ts'
import { type App, connectApp } from '../testing/srf-app.ts'
import { startTestServer, tcpOf, udpOf } from '../testing/test-server.ts'
import { sdp } from '../testing/wire-phone.ts'

const transports = ['udp', 'tcp'] as const
type Transport = (typeof transports)[number]

const at = (server: SipServer, transport: Transport) => (transport === 'udp' ? udpOf(server) : tcpOf(server))

const answers = (srf: App) => {
  srf.invite((request, response) => {
    srf.createUAS(request, response, { localSdp: sdp }).catch(() => {})
  })
}

/** SIPp calls; what the application does in each scenario. */
const callers: Record<string, (srf: App) => void> = {
  'uac-call-and-hang-up-expect-200': answers,
  'uac-reinvite-expect-200': answers,
  'uac-unknown-dialog-expect-481': answers,
  'uac-answered-and-hung-up-on': (srf) => {
    srf.invite(async (request, response) => {
      const dialog = await srf.createUAS(request, response, { localSdp: sdp })
      await dialog.destroy()
    })
  },
  'uac-cancel-while-ringing-expect-487': (srf) => {
    srf.invite((_request, response) => response.send(180))
  },
  'uac-refused-expect-486': (srf) => {
    srf.invite((_request, response) => response.send(486))
  },
  'uac-prack-the-183-expect-200': (srf) => {
    srf.invite((request, response) => {
      const reliable = { headers: { Require: '100rel' }, body: sdp }
      response.send(183, reliable, undefined, () => {
        srf.createUAS(request, response, { localSdp: sdp }).catch(() => {})
      })
    })
  },
  'uac-register-expect-200': (srf) => {
    srf.register((_request, response) => response.send(200, { headers: { Expires: '60' } }))
  },
}

/** The application calls SIPp. */
const phones: Record<string, (srf: App, uri: string) => Promise<void>> = {
  'uas-answer-and-wait-for-bye': async (srf, uri) => {
    const dialog = await srf.createUAC(uri, { localSdp: sdp })
    await dialog.destroy()
  },
  'uas-busy-expect-ack': async (srf, uri) => {
    expect(await srf.createUAC(uri, { localSdp: sdp }).catch((error) => error)).toMatchObject({ status: 486 })
  },
  'uas-challenge-expect-credentials': async (srf, uri) => {
    const auth = { username: 'alice', password: 'secret' }
    const dialog = await srf.createUAC(uri, { localSdp: sdp, auth })
    await dialog.destroy()
  },
  'uas-ring-until-cancelled': async (srf, uri) => {
    const { promise: sent, resolve } = Promise.withResolvers<{ cancel(sent: () => void): void }>()
    const refused = srf
      .createUAC(
        uri,
        { localSdp: sdp },
        {
          cbRequest: (_error, request) => resolve(request),
          cbProvisional: () => sent.then((request) => request.cancel(() => {})),
        },
      )
      .catch((error) => error)
    expect(await refused).toMatchObject({ status: 487 })
  },
}

for (const transport of transports) {
  describe(`SIPp over ${transport}`, () => {
    for (const [scenario, prepare] of Object.entries(callers)) {
      it(scenario, async () => {
        await using server = await startTestServer()
        await using _app = await connectApp(server, prepare)
        const { passed } = await runSipp(scenario, transport, at(server, transport))
        await passed
      })
    }

    for (const [scenario, call] of Object.entries(phones)) {
      it(scenario, async () => {
        await using server = await startTestServer()
        await using app = await connectApp(server)
        const { passed, port } = await runSipp(scenario, transport, at(server, transport))
        await Promise.all([passed, call(app.srf, `sip:bob@127.0.0.1:${port};transport=${transport}`)])
      })
    }
  })
}

// Over UDP SIPp takes what comes again for a retransmission and skips it; over TCP it does not know retransmissions.
describe('SIPp and the repeated 200', () => {
  for (const [scenario, transport] of [
    ['uac-lose-first-ack-expect-200-again', 'tcp'],
    ['uac-late-ack-expect-bye-answered', 'udp'],
    ['uac-never-ack-expect-bye', 'udp'],
  ] as const) {
    it(`${scenario} over ${transport}`, async () => {
      await using server = await startTestServer(scenario === 'uac-never-ack-expect-bye' ? { t1Ms: 50 } : {})
      await using _app = await connectApp(server, answers)
      const { passed } = await runSipp(scenario, transport, at(server, transport))
      await passed
    })
  }

  it('uas-repeat-200-expect-ack-again over tcp', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    const { passed, port } = await runSipp('uas-repeat-200-expect-ack-again', 'tcp', tcpOf(server))
    app.srf.createUAC(`sip:bob@127.0.0.1:${port};transport=tcp`, { localSdp: sdp }).catch(() => {})
    await passed
  })
})
