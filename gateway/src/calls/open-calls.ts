import type { UserId } from '@ringdown/core/kernel'
import { findSipCredentials, listUsers, SIP_REALM } from '@ringdown/db/postgres'
import type { Routing } from '../acd/open-routing.ts'
import type { Foundation } from '../foundation.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { audioOf } from '../media/audio.ts'
import { promptFilesIn } from '../media/prompt-files.ts'
import { fetchLadder } from '../sip/capture.ts'
import { connectSip } from '../sip/connect.ts'
import { dialLeg } from '../sip/dial-leg.ts'
import { receiveInvites } from '../sip/inbound.ts'
import { createLegs, type LegFigures } from '../sip/leg/legs.ts'
import { answerOptions } from '../sip/options.ts'
import type { PhoneBindings } from '../sip/phone-bindings.ts'
import { startRegistrar } from '../sip/registrar.ts'
import type { Signalling } from '../sip/signalling.ts'
import { openTrunks, type Trunks } from '../sip/trunks/open-trunks.ts'
import { type CallControl, startCallControl } from './call-control.ts'
import type { CallContext } from './context.ts'
import { drainCalls } from './drain-calls.ts'
import { forsakenPhones } from './forsaken-phones.ts'
import { liveCalls } from './live-calls.ts'

export type CallsParts = Foundation & { ledger: Ledger; routing: Routing; phones: PhoneBindings }

/** Calls of this gateway, from the connection to the SIP server to the commands of agents. */
export type Calls = AsyncDisposable &
  Pick<CallControl, 'calls' | 'handlers'> & {
    /** False while the connection to the SIP server is down. */
    readonly sipConnected: boolean
    readonly legs: LegFigures
    readonly trunks: Trunks
  }

/** Connects to the SIP server and takes calls. Disposing it refuses new calls and ends those that are left. */
export async function openCalls(parts: CallsParts): Promise<Calls> {
  const { config, log, sql, clock, routing, phones } = parts
  const { agents } = routing
  const stack = new AsyncDisposableStack()
  const sip = stack.use(await connectSip(config.drachtio, log))
  const { srf } = sip
  const trunks = stack.use(await openTrunks({ ...parts, srf }))
  const legs = createLegs(log)
  sip.changes.on('lost', legs.serverLost)
  const signalling: Signalling = { sip, legs, strandedSilentMs: config.graces.strandedSilentMs, clock, log }
  const forsaken = forsakenPhones({
    working: () => sip.connected && parts.media.connected,
    async prove(agentId) {
      const binding = await phones.find(agentId)
      if (binding) await agents.proveDevice(agentId, 'sip', binding.contact)
    },
    log,
  })
  sip.changes.on('back', forsaken.again)
  parts.media.on('up', forsaken.again)
  let draining = false
  const ctx: CallContext & Parameters<typeof startCallControl>[0] = {
    ...parts,
    gatewayId: config.gatewayId,
    admit: trunks.admit,
    acd: routing.acd.store,
    audio: audioOf(parts.media),
    calls: liveCalls(),
    desks: agents,
    agentDesks: agents,
    waits: routing.waits,
    preferredAgent: routing.preferredAgent,
    phones: { binding: phones.find, dial: (dial, events) => dialLeg(signalling, dial, events), forsaken },
    prompts: promptFilesIn(config.promptDir),
    settings: { ...config.graces, agentLostMs: config.graces.pageMs },
    draining: () => draining,
    async queue(by) {
      if ('id' in by) return (await routing.queues.find(by.id)) ?? null
      return (await routing.queues.all()).find(({ key }) => key === by.key) ?? null
    },
    agentOf: (extension) => agentOf(parts, extension),
    ladder: (callId) => {
      const { sipCaptureUrl: url, drachtio } = config
      return fetchLadder(url === null ? null : { url, secret: drachtio.secret }, callId)
    },
  }
  const control = stack.use(startCallControl(ctx))
  receiveInvites(signalling, control.receive)
  answerOptions(srf)
  stack.use(
    startRegistrar({
      srf,
      realm: SIP_REALM,
      secret: config.sessionSecret,
      bindings: phones,
      credentialsOf: (extension) => findSipCredentials(sql, extension),
      async registered(agentId, { contact }) {
        await agents.proveDevice(agentId, 'sip', contact)
      },
      unregistered: (agentId, contact) => agents.loseDevice(agentId, contact),
      clock,
      log,
    }),
  )
  return {
    calls: control.calls,
    trunks,
    handlers: control.handlers,
    get sipConnected() {
      return sip.connected
    },
    get legs() {
      return legs.figures
    },
    async [Symbol.asyncDispose]() {
      draining = true
      await drainCalls(ctx)
      await stack.disposeAsync()
    },
  }
}

async function agentOf({ sql }: CallsParts, extension: string): Promise<UserId | null> {
  return (await listUsers(sql)).find((user) => user.active && user.extension === extension)?.id ?? null
}
