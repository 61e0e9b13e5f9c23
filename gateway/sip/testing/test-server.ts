import { pino } from 'pino'
import type { SipServerSettings } from '../src/config/settings.ts'
import { type SipServer, startSipServer } from '../src/index.ts'
import type { Endpoint, Protocol } from '../src/transport/flow.ts'

export const secret = 'only for tests'

/** Timers twenty-five times as fast as RFC 3261 has them: 64*T1 is 1.28 s. */
export const fastTimers = { t1Ms: 20, t2Ms: 80, t4Ms: 100 } as const

/** A server on free ports of 127.0.0.1, silent. */
export function startTestServer(settings: Partial<SipServerSettings> = {}): Promise<SipServer> {
  return startSipServer(
    { secret, listen: ['udp:127.0.0.1:0', 'tcp:127.0.0.1:0'], adminPort: 0, ...settings },
    pino({ level: 'silent' }),
  )
}

export function udpOf(server: SipServer): Endpoint {
  return listenerOf(server, 'udp')
}

export function tcpOf(server: SipServer): Endpoint {
  return listenerOf(server, 'tcp')
}

/** The first listener of a transport. */
export function listenerOf(server: SipServer, protocol: Protocol): Endpoint {
  const found = server.listeners.find((listener) => listener.protocol === protocol)
  if (!found) throw new Error(`the test server has no ${protocol} listener`)
  return found
}
