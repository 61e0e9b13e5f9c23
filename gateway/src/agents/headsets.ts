import type { ServerEvent } from '@ringdown/core/contract'
import { err, ok, type Result, type UserId } from '@ringdown/core/kernel'
import type { GatewayRegistry } from '@ringdown/db/redis'
import { type ClientEvents, MediaError } from '@ringdown/media/client'
import type { Refusal } from '../commands/handlers.ts'
import type { Foundation } from '../foundation.ts'
import type { Agents } from './agents.ts'
import { type Headset, type HeadsetEnd, type HeadsetEvent, headsetMachine } from './headset.ts'

/** Tells the pages that a user has open on this gateway. */
export type TellPages = <K extends 'headset:level' | 'headset:state'>(
  userId: UserId,
  event: K,
  view: ServerEvent<K>,
) => void

export type HeadsetParts = Pick<Foundation, 'agents' | 'media' | 'bus' | 'log'> & {
  devices: Pick<Agents, 'proveDevice' | 'loseDevice'>
  gateways: Pick<GatewayRegistry, 'holdHeadset' | 'dropHeadset'>
  gatewayId: string
  tellPages: TellPages
}

/** The browser audio sessions of this gateway's pages: one per agent, the newest counts. */
export type Headsets = Disposable & {
  /**
   * Answers the browser's offer with a new media leg, whose id names the session. Pages are told at once which earlier one
   * is replaced; its leg is closed when the new one is connected.
   */
  connect(agentId: UserId, sdp: string): Promise<Result<{ sdp: string; sessionId: string }, Refusal>>
  /** Ends the agent's session, as when he signs out. */
  disconnect(agentId: UserId): Promise<void>
  /** Says again which sessions are here and which of them are heard, as when Redis forgot it. */
  restore(): Promise<void>
}

export function openHeadsets(parts: HeadsetParts): Headsets {
  const { media, bus, log, agents, devices, gateways, gatewayId, tellPages } = parts
  /** By the media server's leg. */
  const headsets = new Map<string, Headset>()

  /** @returns what it was and is; undefined when nothing is known of it */
  function move(legId: string, event: HeadsetEvent): { before: Headset; now: Headset } | undefined {
    const before = headsets.get(legId)
    if (!before) return undefined
    const next = headsetMachine.step(before, event)
    if (!next.ok) return undefined
    if (next.value.state === 'closed') headsets.delete(legId)
    else headsets.set(legId, next.value)
    return { before, now: next.value }
  }

  const legsOf = (agentId: UserId) => [...headsets].filter(([, headset]) => headset.agentId === agentId)
  const newest = (agentId: UserId) => legsOf(agentId).find(([, { state }]) => state !== 'superseded')?.[0]

  function forget(legId: string, why: HeadsetEnd): void {
    const moved = move(legId, { type: 'closed', why })
    if (!moved || moved.before.state === 'superseded') return
    const { agentId } = moved.now
    gateways
      .dropHeadset(gatewayId, agentId)
      .catch((error) => log.warn({ err: error, agentId }, 'a headset is still noted'))
  }

  async function close(legId: string, why: HeadsetEnd): Promise<void> {
    forget(legId, why)
    await media.call('leg.close', { legId }).catch((error) => log.debug({ err: error, legId }, 'an old headset'))
  }

  async function connected(legId: string): Promise<void> {
    const moved = move(legId, { type: 'connected' })
    if (moved?.now.state !== 'connected') return
    const { agentId } = moved.now
    await devices.proveDevice(agentId, 'webrtc', legId)
    tellPages(agentId, 'headset:state', { state: 'connected', sessionId: legId })
    const older = legsOf(agentId).filter(([, { state }]) => state === 'superseded')
    await Promise.all(older.map(([other]) => close(other, 'superseded')))
  }

  async function lost(legId: string): Promise<void> {
    const moved = move(legId, { type: 'lost' })
    if (!moved) return
    const { agentId, state } = moved.now
    if (state === 'lost' && moved.before.state !== 'lost')
      tellPages(agentId, 'headset:state', { state: 'lost', sessionId: legId })
    await devices.loseDevice(agentId, legId)
  }

  /** A newer session on another gateway. */
  async function yieldTo(agentId: UserId): Promise<void> {
    const legId = newest(agentId)
    if (!legId) return
    const device = (await agents.read(agentId))?.device
    if (!device?.proven || device.address === legId || headsets.has(device.address ?? '')) return
    tellPages(agentId, 'headset:state', { state: 'replaced', sessionId: legId })
    await close(legId, 'moved')
  }

  const stops = [
    listen('leg.connected', ({ legId }) => connected(legId)),
    listen('leg.lost', ({ legId }) => lost(legId)),
    listen('leg.closed', async ({ legId }) => {
      await lost(legId)
      forget(legId, 'gone')
    }),
    listen('leg.level', async ({ legId, in: heard, out }) => {
      const agentId = headsets.get(legId)?.agentId
      if (agentId) tellPages(agentId, 'headset:level', { in: heard, out })
    }),
    // after a restart of the media server none of our legs is left
    listen('up', async ({ legs }) => {
      for (const legId of [...headsets.keys()]) if (!legs.includes(legId)) await lost(legId)
    }),
    bus.subscribe((message) => {
      if (message.kind === 'agent' && message.event.type === 'device_changed')
        yieldTo(message.event.agentId).catch((error) => log.error({ err: error }, 'a headset could not be given up'))
    }),
  ]

  function listen<E extends keyof ClientEvents>(
    event: E,
    hear: (data: ClientEvents[E][0]) => Promise<void>,
  ): () => void {
    const listener = (data: never) =>
      void hear(data).catch((error) => log.error({ err: error, event }, 'a headset event failed'))
    media.on(event, listener as never)
    return () => media.off(event, listener as never)
  }

  return {
    async connect(agentId, sdp) {
      const agent = await agents.read(agentId)
      if (!agent?.session || agent.device.kind !== 'webrtc') {
        return err({ code: 'not_signed_in', message: 'Sign in with a browser headset first.' })
      }
      try {
        const leg = await media.call('leg.create', { kind: 'webrtc', offer: sdp, levels: true })
        const earlier = newest(agentId)
        if (earlier) {
          move(earlier, { type: 'superseded' })
          tellPages(agentId, 'headset:state', { state: 'replaced', sessionId: earlier })
        }
        headsets.set(leg.legId, { state: 'connecting', agentId })
        await gateways.holdHeadset(gatewayId, agentId, leg.legId)
        return ok({ sdp: leg.sdp, sessionId: leg.legId })
      } catch (error) {
        if (!(error instanceof MediaError)) throw error
        if (error.code === 'disconnected' || error.code === 'request_timeout')
          return err({ code: 'media_unavailable', message: 'The media server does not answer; try again.' })
        return err({ code: 'headset_refused', message: error.message, field: 'sdp' })
      }
    },
    async disconnect(agentId) {
      await Promise.all(legsOf(agentId).map(([legId]) => close(legId, 'left')))
    },
    async restore() {
      for (const [legId, { agentId, state }] of headsets) {
        if (state === 'superseded') continue
        await gateways.holdHeadset(gatewayId, agentId, legId)
        if (state === 'connected') await devices.proveDevice(agentId, 'webrtc', legId)
      }
    },
    [Symbol.dispose]() {
      for (const stop of stops) stop()
    },
  }
}
