import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { parseMessage } from '../../src/message/parse-message.ts'
import { connectApp, type Request, type Response } from '../../testing/srf-app.ts'
import { startTestServer, udpOf } from '../../testing/test-server.ts'
import { onWire, type Torture } from './message.ts'
import { invalid } from './rfc4475-invalid.ts'
import { layers } from './rfc4475-layers.ts'
import { valid } from './rfc4475-valid.ts'
import { ipv6 } from './rfc5118.ts'

/** What the application answers to everything: a status that the server never gives by itself. */
const taken = 606

/** Sends the message to a new server, then one that surely gets 400: what comes before that is the answer. */
async function treatmentOf({ text, treatment }: Torture): Promise<{ treatment: number | string; body: string }> {
  let body = ''
  await using server = await startTestServer({ metricsPort: 0 })
  await using _app = await connectApp(server, (srf) => {
    const answer = (request: Request, response: Response) => {
      body = request.body
      response.send(taken)
    }
    for (const handle of [srf.invite, srf.register, srf.options, srf.message]) handle.call(srf, answer)
  })
  const phone = createSocket('udp4')
  phone.bind(0, '127.0.0.1')
  await once(phone, 'listening')
  const responses: { callId: string; status: number }[] = []
  const answered = new Promise<void>((resolve) => {
    phone.on('message', (bytes) => {
      const parsed = parseMessage(bytes)
      if (!parsed.ok || parsed.message.kind !== 'response') throw new Error(`not a response: ${bytes}`)
      const { status, callId } = parsed.message
      if (status > 100) responses.push({ status, callId })
      // The answer of the application may come after that to the probe.
      if (responses.length > (treatment === 'taken' ? 1 : 0) && responses.some((one) => one.callId === 'probe'))
        resolve()
    })
  })
  const { port } = udpOf(server)
  phone.send(onWire(text), port, '127.0.0.1')
  const probe = 'OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKprobe\r\nCall-ID: probe\r\n\r\n'
  phone.send(probe, port, '127.0.0.1')
  await answered
  phone.close()
  const answer = responses.find(({ callId }) => callId !== 'probe')
  if (answer) return { treatment: answer.status === taken ? 'taken' : answer.status, body }
  const metrics = await (await fetch(`http://127.0.0.1:${server.ops?.port}/metrics`)).text()
  return { treatment: metrics.includes('dropped_total{reason="stray_response"} 1') ? 'stray' : 'dropped', body }
}

for (const [rfc, messages] of [
  ['RFC 4475', [...valid, ...invalid, ...layers]],
  ['RFC 5118', ipv6],
] as const) {
  describe(rfc, () => {
    for (const message of messages) {
      const { section, name, treatment, because } = message
      it(`${section} ${name}: ${treatment}${because === undefined ? '' : `, because ${because}`}`, async () => {
        expect((await treatmentOf(message)).treatment).toBe(treatment)
      })
    }
  })
}

it('RFC 4475 has 49 messages, and each is here', () => {
  expect(valid.length + invalid.length + layers.length).toBe(49)
})

it('a body with binary parts reaches the application whole', async () => {
  const multipart = valid.find(({ section }) => section === '3.1.1.11')
  const { body } = await treatmentOf(multipart as Torture)
  expect(body.includes('\0')).toBe(true)
  expect(body.endsWith('--7a9cbec02ceef655--')).toBe(true)
})
