import { readAudioChoice } from '../audio-choice/index.ts'

/**
 * Opens the chosen microphone, or the default one if it is unplugged.
 * @throws DOMException of getUserMedia; `problemOf` names it.
 */
export async function openMicrophone(): Promise<MediaStream> {
  const { microphone, voiceProcessing } = readAudioChoice()
  return navigator.mediaDevices.getUserMedia({
    audio: {
      ...(microphone ? { deviceId: { ideal: microphone } } : {}),
      echoCancellation: voiceProcessing,
      noiseSuppression: voiceProcessing,
      autoGainControl: voiceProcessing,
      channelCount: 1,
    },
  })
}

export function closeStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) {
    track.onended = null
    track.stop()
  }
}

export type AudioDevices = { microphones: MediaDeviceInfo[]; speakers: MediaDeviceInfo[] }

/** What can be chosen; names appear once the microphone was allowed. */
export async function listAudioDevices(): Promise<AudioDevices> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? []
  const named = all.filter((d) => d.deviceId !== 'default' && d.deviceId !== '')
  return {
    microphones: named.filter((d) => d.kind === 'audioinput'),
    speakers: named.filter((d) => d.kind === 'audiooutput'),
  }
}
