import { expect, it } from 'vitest'
import { silence, tone } from '../audio/sources.ts'
import { Phone } from './phone.ts'
import type { SipTimers } from './timers.ts'

const quick: SipTimers = { t1Ms: 25, t2Ms: 200 }

async function alicesCallToBob(options: Parameters<Phone['call']>[1] = {}, timers?: SipTimers) {
  const common = timers ? { timers } : {}
  const alice = await Phone.start({ user: 'alice', ...common })
  const bob = await Phone.start({ user: 'bob', ...common })
  const outgoing = await alice.call(bob.uri, options)
  const incoming = await bob.nextCall()
  const close = () => Promise.all([alice.close(), bob.close()])
  return { alice, bob, outgoing, incoming, [Symbol.asyncDispose]: async () => void (await close()) }
}

async function talking(options: Parameters<Phone['call']>[1] = {}) {
  const pair = await alicesCallToBob(options)
  await pair.incoming.ring()
  await pair.incoming.answer()
  await pair.outgoing.untilAnswered()
  return pair
}

it('alice calls, bob rings and answers, alice hangs up', async () => {
  await using pair = await talking()
  expect(await pair.outgoing.hangup()).toEqual({ by: 'us', how: 'hung up', status: 200, phrase: 'OK' })
  expect(await pair.incoming.untilEnded()).toEqual({ by: 'them', how: 'hung up' })
  expect(pair.outgoing.ladder()).toEqual(['INVITE', '100', '180', '200', 'ACK', 'BYE', '200'])
  expect(pair.incoming.ladder()).toEqual(['INVITE', '100', '180', '200', 'ACK', 'BYE', '200'])
})

it('bob hangs up and says why', async () => {
  await using pair = await talking()
  await pair.incoming.hangup([['Reason', 'Q.850;cause=16']])
  expect(await pair.outgoing.untilEnded()).toEqual({ by: 'them', how: 'hung up', reason: 'Q.850;cause=16' })
})

it('both hear each other, in A-law and in µ-law', async () => {
  for (const codec of ['pcma', 'pcmu'] as const) {
    await using alice = await Phone.start({ user: 'alice', codecs: [codec] })
    await using bob = await Phone.start({ user: 'bob' })
    const outgoing = await alice.call(bob.uri)
    const incoming = await bob.nextCall()
    await incoming.answer()
    outgoing.audio.play(tone(440))
    incoming.audio.play(tone(1000))
    await Promise.all([incoming.audio.hears(440), outgoing.audio.hears(1000)])
    expect(outgoing.audio.agreement?.codec).toBe(codec)
    await expect(outgoing.audio.hears(440, { withinMs: 500 })).rejects.toThrow(/did not hear 440 Hz.*tone of 1000 Hz/)
    outgoing.audio.play(silence())
    await incoming.audio.hearsSilence()
    expect(incoming.audio.received.lost).toBe(0)
  }
})

it('digits arrive once each, with their length', async () => {
  await using pair = await talking()
  await pair.outgoing.audio.press('100237#', { durationMs: 120 })
  await pair.incoming.audio.hearsDigits('100237#')
  expect(pair.incoming.audio.digits.map((d) => d.durationMs)).toEqual(Array(7).fill(120))
  await pair.incoming.pressByInfo('5')
  await pair.outgoing.audio.hearsDigits('5')
})

it('hold silences the holder, resume brings the voice back', async () => {
  await using pair = await talking()
  pair.incoming.audio.play(tone(700))
  await pair.outgoing.audio.hears(700)
  expect((await pair.outgoing.hold()).status).toBe(200)
  expect(pair.incoming.isHeld).toBe(true)
  await pair.outgoing.audio.hearsSilence()
  expect((await pair.outgoing.resume()).status).toBe(200)
  await pair.outgoing.audio.hears(700)
  expect((await pair.outgoing.reinvite({ withoutOffer: true })).status).toBe(200)
  await pair.outgoing.audio.hears(700)
  expect(pair.incoming.isHeld).toBe(false)
})

it('alice cancels while it rings', async () => {
  await using pair = await alicesCallToBob()
  await pair.incoming.ring()
  await pair.outgoing.ringing
  expect(await pair.outgoing.cancel()).toMatchObject({ by: 'us', how: 'cancelled', status: 487 })
  expect(await pair.incoming.untilEnded()).toMatchObject({ by: 'them', how: 'cancelled' })
  await expect(pair.outgoing.answered).rejects.toThrow('cancelled by us')
  expect(pair.outgoing.ladder().toSorted()).toEqual(['100', '180', '200', '487', 'ACK', 'CANCEL', 'INVITE'])
})

it('a CANCEL that crosses the 200 becomes a BYE', async () => {
  await using pair = await alicesCallToBob()
  await pair.incoming.ring()
  await pair.outgoing.ringing
  const cancelled = pair.outgoing.cancel()
  await pair.incoming.answer()
  expect(await cancelled).toMatchObject({ by: 'us', how: 'cancelled' })
  expect(await pair.incoming.untilEnded()).toMatchObject({ by: 'them', how: 'hung up' })
})

it('bob is busy', async () => {
  await using pair = await alicesCallToBob()
  await pair.incoming.reject(486)
  expect(await pair.outgoing.untilEnded()).toEqual({ by: 'them', how: 'rejected', status: 486, phrase: 'Busy Here' })
  expect(pair.outgoing.ladder()).toEqual(['INVITE', '100', '486', 'ACK'])
})

it('a reliable 180 waits for its PRACK', async () => {
  await using pair = await alicesCallToBob()
  pair.incoming.audio.play(tone(425))
  await pair.incoming.ring(183, { reliable: true, earlyMedia: true })
  await pair.outgoing.audio.hears(425)
  await pair.incoming.answer()
  expect(pair.outgoing.ladder()).toEqual(['INVITE', '100', '183', 'PRACK', '200', '200', 'ACK'])
  expect((await pair.outgoing.request('OPTIONS')).status).toBe(200)
})

it('an INVITE without SDP is answered with an offer, and its ACK with the answer', async () => {
  await using pair = await talking({ sdp: 'none' })
  pair.outgoing.audio.play(tone(600))
  pair.incoming.audio.play(tone(900))
  await Promise.all([pair.incoming.audio.hears(600), pair.outgoing.audio.hears(900)])
})

it('only G.729: 488', async () => {
  await using alice = await Phone.start({ user: 'alice' })
  await using bob = await Phone.start({ user: 'bob' })
  const call = await alice.call(bob.uri, { sdp: 'unsupported' })
  expect(await call.untilEnded()).toMatchObject({ by: 'them', how: 'rejected', status: 488 })
})

it('nobody there: the INVITE is repeated and given up after 64 × T1', async () => {
  await using alice = await Phone.start({ user: 'alice', timers: quick })
  const gone = await Phone.start({ user: 'gone' })
  await gone.close()
  const call = await alice.call(gone.uri)
  expect(await call.untilEnded()).toEqual({ by: 'nobody', how: 'no response' })
  expect(call.ladder()).toEqual(['INVITE'])
  // at 0, 1, 3, 7, 15, 31 and 63 × T1; on a machine that stalls the last ones may come too late
  expect(alice.messages.length).toBeGreaterThan(3)
  expect(alice.messages.length).toBeLessThanOrEqual(7)
})

it('a 200 is repeated until it is acknowledged, then the call is given up with a BYE', async () => {
  await using pair = await alicesCallToBob({ neverAck: true }, quick)
  await expect(pair.incoming.answer()).rejects.toThrow('no acknowledgement')
  expect(pair.bob.messages.filter((m) => m.label === '200' && m.cseqMethod === 'INVITE').length).toBeGreaterThan(5)
  expect(pair.incoming.ladder()).toEqual(['INVITE', '100', '200', 'BYE', '200'])
})

it('a BYE that is ignored is repeated and given up', async () => {
  await using pair = await alicesCallToBob({ ignoreBye: true }, quick)
  await pair.incoming.answer()
  expect(await pair.incoming.hangup()).toEqual({ by: 'us', how: 'hung up' })
  expect(pair.bob.messages.filter((m) => m.label === 'BYE').length).toBeGreaterThan(5)
  pair.outgoing.vanish()
})

it('a phone that vanishes answers nothing', async () => {
  await using pair = await alicesCallToBob({}, quick)
  await pair.incoming.answer()
  pair.bob.vanish()
  expect(await pair.outgoing.hangup()).toEqual({ by: 'us', how: 'hung up' })
  expect(pair.outgoing.ladder().at(-1)).toBe('BYE')
})

it('what is malformed is kept on the ladder and hurts nobody', async () => {
  await using pair = await talking()
  for (const bytes of ['', 'rubbish', 'INVITE sip:bob SIP/2.0\r\n\r\n', 'BYE x SIP/2.0\r\nVia\r\n\r\n'])
    pair.alice.sendRaw(bytes, pair.bob.local)
  expect((await pair.outgoing.request('OPTIONS')).status).toBe(200)
  expect(pair.bob.messages.filter((m) => m.label === '?').map((m) => m.startLine)).toEqual([
    'no empty line after the headers',
    'no Via header in INVITE sip:bob SIP/2.0',
    'header without a colon: Via',
  ])
})

it('requests for a call nobody knows get 481, methods nobody knows 405', async () => {
  await using pair = await talking()
  expect((await pair.outgoing.request('REFER')).status).toBe(405)
  pair.bob.calls.clear()
  expect((await pair.outgoing.request('INFO')).status).toBe(481)
})
