import type { Flow } from '../transport/flow.ts'

/** The six tokens that describe a SIP message (wire protocol, section 3): source, bytes, protocol, address, port, time. */
export function metadata(
  source: 'network' | 'application',
  bytes: number,
  flow: Flow,
  end: 'remote' | 'local',
): string {
  const { host, port } = end === 'remote' ? flow.remote : flow.listener.advertised
  return `${source}|${bytes}|${flow.protocol}|${host}|${port}|${timeOfDay()}`
}

/** `HH:MM:SS.uuuuuu`, UTC. */
export function timeOfDay(): string {
  const now = performance.timeOrigin + performance.now()
  const micros = Math.floor((now % 86_400_000) * 1000)
  const seconds = Math.floor(micros / 1_000_000)
  const hour = pad(Math.floor(seconds / 3600), 2)
  const minute = pad(Math.floor(seconds / 60) % 60, 2)
  return `${hour}:${minute}:${pad(seconds % 60, 2)}.${pad(micros % 1_000_000, 6)}`
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}
