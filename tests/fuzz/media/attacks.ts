import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { MediaClient } from '@ringdown/media/client'
import { MediaError } from '@ringdown/media/protocol'
import { mutate, type Random } from '../random.ts'
import { candidate, icePackets, requests, rtcpPackets, rtpOffers, rtpPackets, webrtcOffer } from './corpus.ts'

const DATAGRAMS = 200
const AT_ONCE = 20

export type Target = { media: MediaClient; rpcPort: number; secret: string; random: Random; round: number }
/** One round against a server; what it makes it closes again. Throws when the server breaks a promise. */
export type Attack = (target: Target) => Promise<void>

/** A register, so that the output can name what was under way. */
export const attacks: Record<string, Attack> = { rtp, rtcp, ice, sdp, candidates, rpc }

/** Mutated audio, keys and noise on a leg that is recorded and measured. */
async function rtp(target: Target): Promise<void> {
  await onLeg(target, async (socket, port, legId) => {
    const path = `fuzz-${target.round}.wav`
    const { recordingId } = await target.media.call('recording.start', { customer: legId, path })
    socket.send(rtpPackets[0]!, port, '127.0.0.1')
    await shower(target.random, socket, port, rtpPackets)
    await target.media.call('recording.stop', { recordingId })
  })
}

async function rtcp(target: Target): Promise<void> {
  await onLeg(target, async (socket, port) => {
    socket.send(rtpPackets[0]!, port, '127.0.0.1')
    await shower(target.random, socket, port + 1, rtcpPackets)
    await shower(target.random, socket, port, rtcpPackets)
  })
}

/** STUN, DTLS, SRTP at the port of a browser's leg. */
async function ice({ media, random }: Target): Promise<void> {
  const { legId, sdp } = await media.call('leg.create', { kind: 'webrtc', offer: webrtcOffer })
  const port = Number(/^a=candidate:.* udp \d+ 127\.0\.0\.1 (\d+) typ host/im.exec(sdp)?.[1])
  if (!port) throw new Error(`no candidate of 127.0.0.1 in the answer:\n${sdp}`)
  const socket = await bound()
  try {
    await shower(random, socket, port, icePackets)
  } finally {
    socket.close()
    await closeLeg(media, legId)
  }
}

/** Mutated descriptions as first offers, re-INVITEs and answers. */
async function sdp({ media, random }: Target): Promise<void> {
  const corpus = [...rtpOffers, webrtcOffer].map((text) => Buffer.from(text))
  const mangled = () => mutate(random, random.pick(corpus), corpus).toString('utf8')
  const ours = await media.call('leg.create', { kind: 'rtp' })
  for (let i = 0; i < 40; i++) {
    const kind = random.pick(['rtp', 'webrtc'] as const)
    const made = await refusable(() => media.call('leg.create', { kind, offer: mangled() }))
    if (made) await closeLeg(media, made.legId)
    await refusable(() => media.call('leg.accept', { legId: ours.legId, answer: mangled() }))
    await refusable(() => media.call('leg.modify', { legId: ours.legId, offer: mangled() }))
    await refusable(() => media.call('leg.modify', { legId: ours.legId }))
  }
  await closeLeg(media, ours.legId)
}

async function candidates({ media, random }: Target): Promise<void> {
  const { legId } = await media.call('leg.create', { kind: 'webrtc', offer: webrtcOffer })
  const corpus = [Buffer.from(candidate), Buffer.from(webrtcOffer)]
  for (let i = 0; i < 60; i++) {
    const text = mutate(random, corpus[0]!, corpus).toString('utf8').slice(0, 1_000)
    await refusable(() => media.call('leg.candidate', { legId, candidate: text, mid: random.pick(['0', '', '1']) }))
  }
  await closeLeg(media, legId)
}

/** Mutated lines over raw connections, in pieces, with and without a hello before them. */
async function rpc({ rpcPort, secret, random }: Target): Promise<void> {
  const corpus = requests.map((text) => Buffer.from(text))
  for (let i = 0; i < 5; i++) {
    const socket = connect(rpcPort, '127.0.0.1')
    socket.on('error', () => {})
    socket.resume()
    const closed = once(socket, 'close').catch(() => {})
    await once(socket, 'connect')
    const hello = JSON.stringify({ id: 0, method: 'hello', params: { secret, owner: 'fuzz' } })
    if (random.below(2) === 0) socket.write(`${hello}\n`)
    for (let n = 0; n < 30; n++) {
      const line = mutate(random, random.pick(corpus), corpus)
      const cut = random.below(line.length + 1)
      socket.write(line.subarray(0, cut))
      if (random.below(4) === 0) await pause(0)
      socket.write(Buffer.concat([line.subarray(cut), Buffer.from(random.below(8) === 0 ? '' : '\n')]))
    }
    if (random.below(2) === 0) socket.destroy()
    else socket.end()
    await closed
  }
}

async function onLeg({ media }: Target, deed: (socket: Socket, port: number, legId: string) => Promise<void>) {
  const socket = await bound()
  const offer = rtpOffers[0]!.replace('40000', String(socket.address().port))
  const { legId, sdp } = await media.call('leg.create', { kind: 'rtp', offer, levels: true })
  try {
    await deed(socket, Number(/^m=audio (\d+)/m.exec(sdp)?.[1]), legId)
  } finally {
    socket.close()
    await closeLeg(media, legId)
  }
}

/** Many datagrams, a few at once so that they arrive. */
async function shower(random: Random, socket: Socket, port: number, corpus: readonly Buffer[]): Promise<void> {
  for (let i = 0; i < DATAGRAMS; i++) {
    const data =
      random.below(10) === 0 ? random.bytes(random.below(1_500)) : mutate(random, random.pick(corpus), corpus)
    socket.send(data, port, '127.0.0.1')
    if (i % AT_ONCE === 0) await pause(1)
  }
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  socket.on('error', () => {})
  return socket
}

/** A refusal is what is wanted of bad input; a failure of the server's own is not. */
async function refusable<T>(request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request()
  } catch (error) {
    if (error instanceof MediaError && !['internal', 'disconnected', 'request_timeout'].includes(error.code)) return
    throw error
  }
}

async function closeLeg(media: MediaClient, legId: string): Promise<void> {
  await media.call('leg.close', { legId })
}
