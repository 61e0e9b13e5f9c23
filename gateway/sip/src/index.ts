import type { Logger } from 'pino'
import { SipServerConfig, type SipServerSettings } from './config/settings.ts'
import { openSipServer, type SipServer } from './sip-server.ts'

export type { CapturedMessage } from './capture.ts'
export { configFromEnvironment, environmentName } from './config/environment.ts'
export { SipServerConfig, type SipServerSettings } from './config/settings.ts'
export type { SipServer } from './sip-server.ts'

/**
 * Starts a SIP server in this process and resolves when all its ports are open. Only `secret` is needed; port 0 takes a
 * free one, to be read from the result. Rejects with the names of wrong settings or taken ports.
 */
export async function startSipServer(settings: SipServerSettings, log?: Logger): Promise<SipServer> {
  return openSipServer(SipServerConfig.parse(settings), log)
}
