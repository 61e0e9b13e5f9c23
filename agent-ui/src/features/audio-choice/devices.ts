/** What is plugged in; names and ids appear once the microphone was allowed. */
export type AudioDevices = { microphones: readonly Device[]; speakers: readonly Device[] }
export type Device = { id: string; name: string }

let devices: AudioDevices = { microphones: [], speakers: [] }
const listeners = new Set<() => void>()

/** Looks again at what is plugged in. */
export async function lookForDevices(): Promise<void> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? []
  const of = (kind: MediaDeviceKind) =>
    all
      .filter((d) => d.kind === kind && d.deviceId !== 'default' && d.deviceId !== '')
      .map((d) => ({ id: d.deviceId, name: d.label || d.deviceId.slice(0, 8) }))
  const found = { microphones: of('audioinput'), speakers: of('audiooutput') }
  if (JSON.stringify(found) === JSON.stringify(devices)) return
  devices = found
  for (const listener of listeners) listener()
}

export const readAudioDevices = (): AudioDevices => devices
export function subscribeAudioDevices(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

navigator.mediaDevices?.addEventListener('devicechange', () => void lookForDevices())
