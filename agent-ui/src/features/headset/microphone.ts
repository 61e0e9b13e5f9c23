import { lookForDevices, readAudioInUse } from '../audio-choice/index.ts'

/**
 * Opens the chosen microphone, or the default one while it is unplugged.
 * @throws DOMException of getUserMedia; `problemOf` names it.
 */
export async function openMicrophone(): Promise<MediaStream> {
  const { microphone, voiceProcessing } = readAudioInUse()
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      ...(microphone ? { deviceId: { ideal: microphone } } : {}),
      echoCancellation: voiceProcessing,
      noiseSuppression: voiceProcessing,
      autoGainControl: voiceProcessing,
      channelCount: 1,
    },
  })
  // Now that it is allowed, the browser tells the names of all.
  void lookForDevices()
  return stream
}

export function closeStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) {
    track.onended = null
    track.stop()
  }
}
