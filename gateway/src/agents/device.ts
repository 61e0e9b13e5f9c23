import type { AgentRecord, DeviceKind } from '@ringdown/core/agent'
import type { UserId } from '@ringdown/core/kernel'
import type { Acd } from '../acd/acd.ts'
import type { Deadlines } from '../acd/deadlines.ts'
import { bySystem, type Changed, type ChangeParts, changeAgent } from './change-agent.ts'

export type DeviceParts = ChangeParts & {
  acd: Pick<Acd, 'store'>
  /** Agents who ring with a lost device, until they are given up. */
  givingUp: Deadlines<UserId>
  /** How long a ringing agent may be without his device: time for a reload. */
  deviceGraceMs: number
}

/** The device works: a connected headset, or a registered phone (`address` is the leg, or the contact). */
export async function proveDevice(
  parts: DeviceParts,
  agentId: UserId,
  kind: DeviceKind,
  address: string,
): Promise<Changed | undefined> {
  const done = await changeAgent(parts, agentId, bySystem, ({ session, device }) =>
    session && device.kind === kind && !(device.proven && device.address === address)
      ? { type: 'device_proven', at: parts.clock(), address }
      : null,
  )
  if (!done.ok) return undefined
  parts.givingUp.clear(agentId)
  return done.value
}

/**
 * The device is gone, if it still is the one at `address`: the agent is not routable at once. If he rings and the device
 * does not come back within the grace time, the caller goes to the next agent.
 */
export async function loseDevice(parts: DeviceParts, agentId: UserId, address: string): Promise<void> {
  const done = await changeAgent(parts, agentId, bySystem, ({ device }) =>
    device.proven && device.address === address ? { type: 'device_lost', at: parts.clock() } : null,
  )
  if (done.ok && done.value.changed && done.value.after.work.state === 'ringing')
    parts.givingUp.set(agentId, parts.clock() + parts.deviceGraceMs)
}

/** Ends the offer of an agent who rings without a device. */
export async function giveUpOffer(parts: DeviceParts, agent: AgentRecord | undefined): Promise<void> {
  if (agent?.work.state !== 'ringing' || agent.device.proven) return
  if (parts.clock() < agent.device.since + parts.deviceGraceMs) return
  await parts.acd.store.endOffer(agent.work.offerId, 'device_failed', parts.clock())
}
