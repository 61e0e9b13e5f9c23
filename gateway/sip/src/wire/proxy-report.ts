import type { ProxyReport } from '../proxy/proxied-request.ts'
import type { AppConnection } from './app-connection.ts'
import { metadata } from './leader.ts'
import { asBytes } from './message-bytes.ts'

/** Tells an application how its `proxy` command goes: each final response with `continue`, then `done` (section 4.5). */
export function reportTo(app: AppConnection, frameId: string): ProxyReport {
  return {
    final(response, from, local) {
      const bytes = asBytes(response)
      const [source, end] = local ? (['application', 'local'] as const) : (['network', 'remote'] as const)
      app.reply(frameId, `OK|${metadata(source, bytes.length, from, end)}|||continue`, bytes)
    },
    failed: () => app.reply(frameId, 'NOK|error proxying request to '),
    done: () => app.reply(frameId, 'OK|done'),
  }
}
