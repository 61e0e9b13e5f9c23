import { createFlow, publishFlow, routeNumber } from '@ringdown/db/postgres'
import demoFlow from '@ringdown/ivr/flows/demo' with { type: 'json' }
import { expect } from 'vitest'
import { type Desk, journeyOn, numbers } from '../desk/index.ts'
import { Phone } from '../sip/index.ts'

const journey = journeyOn()

journey('three wrong customer codes: the caller goes on, known by his number only', async ({ desk }) => {
  await using caller = await desk.caller({ to: numbers.hotline, keys: '11' })
  for (const code of ['999999', '12', '888888']) {
    await caller.audio.press(`${code}#`)
    await caller.audio.hearsAnything() // a key has silenced the question: whoever speaks now has looked the code up
  }
  const contact = await desk.ledger.shows(caller.call, 'a queue entry', (c) => c.entries.length === 1, 30_000)
  expect(contact.entries).toMatchObject([{ queueId: desk.scene.queues['after-sales'].id, outcome: null }])
  expect(contact.summary.customer?.name).toBe('华芯电子')
  await using _alice = await desk.phoneAgent('alice')
  await using page = await desk.socket('alice')
  const { offer } = await page.shows('the pop', ({ offer }) => offer !== null)
  expect(offer?.pop.verified).toBe('number')
  await caller.call.hangup()
})

journey('no digits at all: Chinese, and an agent of the operator queue', async ({ desk }) => {
  const number = await publishImpatientFlow(desk)
  await using caller = await desk.caller({ to: number })
  const contact = await desk.ledger.shows(caller.call, 'a queue entry', (c) => c.entries.length === 1, 40_000)
  expect(contact.entries).toMatchObject([{ queueId: desk.scene.queues.operator.id }])
  expect(contact.summary.language).toBe('zh')
  await caller.call.hangup()
})

journey('an INVITE without SDP is answered with our offer, and the ACK brings the answer', async ({ desk }) => {
  await using caller = await desk.caller({ sdp: 'none' })
  await caller.waits()
  expect(caller.call.ladder().slice(0, 3)).toEqual(['INVITE', '100', '200'])
  await caller.call.hangup()
})

journey('only codecs we do not know: 488', async ({ desk }) => {
  await using caller = await desk.caller({ sdp: 'unsupported' })
  expect(await caller.call.untilEnded()).toMatchObject({ how: 'rejected', status: 488 })
})

journey('a number nobody has: 404', async ({ desk }) => {
  await using caller = await desk.caller({ to: '4999' })
  expect(await caller.call.untilEnded()).toMatchObject({ how: 'rejected', status: 404 })
})

journey('malformed messages are refused or dropped, and harm nobody', async ({ desk }) => {
  await using phone = await Phone.start({ user: 'fuzzer' })
  const via = `Via: SIP/2.0/UDP 127.0.0.1:${phone.local.port};branch=z9hG4bK-broken;rport`
  const rest = 'From: <sip:x@y>;tag=1\r\nTo: <sip:4100@z>\r\nCall-ID: broken@test\r\nMax-Forwards: 70\r\n'
  const head = `INVITE sip:4100@127.0.0.1 SIP/2.0\r\n${via}\r\n${rest}`
  phone.sendRaw(`${head}CSeq: nonsense INVITE\r\nContent-Length: 0\r\n\r\n`, desk.sipServer)
  phone.sendRaw(`${head}CSeq: 1 INVITE\r\nContent-Length: 999\r\n\r\nv=0`, desk.sipServer)
  phone.sendRaw('INVITE\r\n\r\n', desk.sipServer)
  phone.sendRaw(Buffer.from([0, 255, 13, 10, 13, 10, 0]), desk.sipServer)
  await expect.poll(() => phone.ladder(), { timeout: 5000 }).toContain('400')

  await using caller = await desk.caller({ headers: [['X-Odd', '"']] })
  await caller.waits()
  await caller.call.hangup()
})

journey('an SDP that is none is a bad request', async ({ desk }) => {
  await using phone = await Phone.start({ user: 'fuzzer' })
  const body = 'this is no session description'
  const lines = [
    'INVITE sip:4100@127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1:${phone.local.port};branch=z9hG4bK-sdp;rport`,
    ...['From: <sip:x@y>;tag=1', 'To: <sip:4100@z>', 'Call-ID: sdp@test', 'CSeq: 1 INVITE', 'Max-Forwards: 70'],
    ...[`Contact: <${phone.uri}>`, 'Content-Type: application/sdp', `Content-Length: ${body.length}`, '', body],
  ]
  phone.sendRaw(lines.join('\r\n'), desk.sipServer)
  await expect.poll(() => phone.ladder(), { timeout: 5000 }).toContain('400')
})

/** The demo flow that says little and waits half a second, behind a number of its own. */
async function publishImpatientFlow({ sql }: Desk): Promise<string> {
  const nodes = Object.entries(demoFlow.nodes).map(([id, node]) => {
    const { config } = node as { config: Record<string, unknown> }
    const asks = node.type === 'menu' || node.type === 'collect'
    const short = asks ? { prompts: ['goodbye'], invalid: [], noInput: [], timeoutMs: 500 } : {}
    const spoken = node.type === 'play' ? { prompts: ['goodbye'] } : {}
    return [id, { ...node, config: { ...config, ...short, ...spoken } }]
  })
  const flowId = await createFlow(sql, 'Impatient')
  await publishFlow(sql, flowId, { ...demoFlow, nodes: Object.fromEntries(nodes) }, null)
  await routeNumber(sql, '4200', flowId)
  return '4200'
}
