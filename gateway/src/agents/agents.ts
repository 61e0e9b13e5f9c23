import type { AgentRecord, AgentRefusal, ChosenStatus, DeviceKind } from '@ringdown/core/agent'
import type { AgentEvent } from '@ringdown/core/events'
import type { Result, SegmentId, UserId } from '@ringdown/core/kernel'
import type { Acd } from '../acd/acd.ts'
import { createDeadlines } from '../acd/deadlines.ts'
import type { Foundation } from '../foundation.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { AgentLog } from './agent-log.ts'
import { byAgent, type Changed } from './change-agent.ts'
import { chooseStatus } from './choose-status.ts'
import { giveUpOffer, loseDevice, proveDevice } from './device.ts'
import { type AgentPresence, watchPresence } from './presence.ts'
import { refreshRouting } from './refresh-routing.ts'
import { type SignInParts, signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { endCall, endWrapUp, expireWrapUp, extendWrapUp, holdOrResume, type WrapUpEnd } from './wrap-up.ts'

export type AgentsParts = Pick<Foundation, 'agents' | 'clock' | 'log'> &
  Pick<SignInParts, 'readRouting' | 'phoneOf'> & {
    acd: Acd
    agentLog: AgentLog
    ledger: Pick<Ledger, 'record'>
    graces: { pageMs: number; deviceMs: number }
  }

/** Everything that happens to agents, for commands, call control, the registrar and the sweep. */
export type Agents = Disposable & {
  presence: AgentPresence
  signIn(agentId: UserId, device: DeviceKind): Promise<Result<Changed, AgentRefusal>>
  /** @param by the agent himself unless said */
  signOut(agentId: UserId, by?: AgentEvent['by']): Promise<Result<Changed, AgentRefusal>>
  /** Queues or skills of an agent were changed: if he is signed in, he is routed by them from now on. */
  refreshRouting(agentId: UserId): Promise<void>
  chooseStatus(agentId: UserId, chosen: ChosenStatus): Promise<Result<Changed, AgentRefusal>>
  /** A SIP phone registered (`address`: its contact) or a headset connected (`address`: its leg). */
  proveDevice(agentId: UserId, kind: DeviceKind, address: string): Promise<Changed | undefined>
  /** Nothing happens if the agent uses another device by now. */
  loseDevice(agentId: UserId, address: string): Promise<void>
  hold(agentId: UserId): Promise<void>
  resume(agentId: UserId): Promise<void>
  /** Talking or held → wrap-up, or idle when `wrapUpMs` is 0. Null: he was in no call. */
  endCall(agentId: UserId, wrapUpMs: number): Promise<AgentRecord | null>
  /** Records `wrap_up_ended`; refused when it ended before. */
  endWrapUp(end: WrapUpEnd): Promise<Result<AgentRecord, { code: 'wrap_up_ended' }>>
  extendWrapUp(more: {
    agentId: UserId
    segmentId: SegmentId
    byMs: number
  }): Promise<Result<AgentRecord, { code: 'wrap_up_ended' }>>
  /** Deadlines of this agent that a dead process left behind. */
  sweep(agent: AgentRecord): Promise<void>
}

export function createAgents(parts: AgentsParts): Agents {
  const { agents, clock, log, acd, graces } = parts
  const change = { ...parts, dispatcher: acd.dispatcher }
  const due = (what: string, act: (agent: AgentRecord | undefined) => Promise<void>) =>
    createDeadlines<UserId>(clock, (agentId) => {
      agents
        .read(agentId)
        .then(act)
        .catch((error) => log.error({ err: error, agentId }, `${what} failed; the sweep tries again`))
    })
  const wrapUps = due('ending a wrap-up', (agent) => expireWrapUp(wrapUp, agent))
  const wrapUp = { ...change, deadlines: wrapUps }
  const givingUp = due('giving up an offer', (agent) => giveUpOffer(device, agent))
  const device = { ...change, givingUp, deviceGraceMs: graces.deviceMs }
  const presence = watchPresence({ ...change, pageGraceMs: graces.pageMs })

  return {
    presence,
    signIn: (agentId, kind) => signIn(change, agentId, kind),
    signOut: (agentId, by = byAgent(agentId)) => signOut(change, agentId, by),
    refreshRouting: (agentId) => refreshRouting(change, agentId),
    chooseStatus: (agentId, chosen) => chooseStatus(change, agentId, chosen, byAgent(agentId)),
    proveDevice: (agentId, kind, address) => proveDevice(device, agentId, kind, address),
    loseDevice: (agentId, address) => loseDevice(device, agentId, address),
    async hold(agentId) {
      await holdOrResume(change, agentId, 'held')
    },
    async resume(agentId) {
      await holdOrResume(change, agentId, 'resumed')
    },
    endCall: (agentId, wrapUpMs) => endCall(wrapUp, agentId, wrapUpMs),
    endWrapUp: (end) => endWrapUp(wrapUp, end),
    extendWrapUp: (more) => extendWrapUp(wrapUp, more),
    async sweep(agent) {
      if (agent.work.state === 'wrap_up' && agent.work.endsAt <= clock()) await expireWrapUp(wrapUp, agent)
      await giveUpOffer(device, agent)
      await presence.signOutIfGone(agent)
    },
    [Symbol.dispose]() {
      for (const part of [wrapUps, givingUp, presence]) part[Symbol.dispose]()
    },
  }
}
