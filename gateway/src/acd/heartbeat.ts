import type { GatewayRegistry } from '@ringdown/db/redis'
import type { Foundation } from '../foundation.ts'

export type HeartbeatParts = Pick<Foundation, 'clock' | 'log'> & {
  gateways: GatewayRegistry
  gatewayId: string
  heartbeatMs: number
  /** Silent for longer, a gateway counts as dead. */
  deadMs: number
  /** Ends what a dead gateway held; may be repeated. */
  cleanUp(gatewayId: string): Promise<void>
}

/** Says that this gateway lives, and cleans up after those that do not. Its own leftovers of an earlier life come first. */
export async function startHeartbeat(parts: HeartbeatParts): Promise<AsyncDisposable> {
  const { gateways, gatewayId, heartbeatMs, deadMs, clock, log, cleanUp } = parts
  let busy = false

  async function beat(): Promise<void> {
    await gateways.beat(gatewayId, clock())
    for (const lost of await gateways.silentSince(clock() - deadMs)) {
      await cleanUp(lost)
      await gateways.forget(lost)
    }
  }

  await cleanUp(gatewayId)
  await beat()
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    beat()
      .catch((error) => log.error({ err: error }, 'a heartbeat failed'))
      .finally(() => {
        busy = false
      })
  }, heartbeatMs)
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      // what is left of it is cleaned up by the others at once, or by itself at its next start
      await gateways.leave(gatewayId).catch(() => undefined)
    },
  }
}
