import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { startBaresip } from '../testing/baresip.ts'
import { TestAuthority } from '../testing/certificates.ts'
import { connectApp, type Request } from '../testing/srf-app.ts'
import { listenerOf, startTestServer } from '../testing/test-server.ts'
import { sdp } from '../testing/wire-phone.ts'

describe('baresip', () => {
  for (const transport of ['udp', 'tcp', 'tls'] as const) {
    it(`registers over ${transport}, is called by its registration, answers, and is hung up on`, async () => {
      await using authority = await TestAuthority.create()
      const tlsCertificates = transport === 'tls' ? [await authority.issue('DNS:localhost,IP:127.0.0.1')] : []
      await using server = await startTestServer({ listen: [`${transport}:127.0.0.1:0`], tlsCertificates })
      await using app = await connectApp(server, (srf) => {
        srf.register((request, response) => {
          const contact = request.get('Contact')
          response.send(200, { headers: { Contact: `${contact};expires=60`, Expires: '60' } })
          srf.emit('registered', request)
        })
      })
      const registered = once(app.srf, 'registered')
      await using _phone = await startBaresip(
        listenerOf(server, transport),
        transport,
        transport === 'tls' ? authority.file : undefined,
      )
      const [request] = (await registered) as [Request]
      expect(request.protocol).toBe(transport)
      const contact = /<([^>]+)>/.exec(request.get('Contact'))?.[1] ?? ''
      const dialog = await app.srf.createUAC(contact, { localSdp: sdp })
      expect(dialog.remote.sdp).toContain('m=audio')
      await dialog.destroy()
    })
  }
})
