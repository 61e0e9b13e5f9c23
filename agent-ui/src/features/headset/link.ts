/** One WebRTC session with the gateway: the microphone one way, the caller the other. */
export type Link = {
  replaceMicrophone(stream: MediaStream): Promise<void>
  close(): void
}

type LinkOptions = {
  microphone: MediaStream
  /** Takes our offer, gives the gateway's answer. */
  exchange(sdp: string): Promise<string>
  onLinked(): void
  onLost(): void
  onRemote(stream: MediaStream): void
}

const GATHERING_MS = 2000
/** 'disconnected' often heals by itself; longer than this it does not. */
const PATIENCE_MS = 4000
/** What the media server speaks; which of them is used its setting `RINGDOWN_MEDIA_CODECS` says. */
const WANTED = ['audio/PCMA', 'audio/PCMU', 'audio/G722', 'audio/opus', 'audio/telephone-event']

/** Sets up the session; resolves when the answer is applied, `onLinked` says when audio can flow. */
export async function openLink(options: LinkOptions): Promise<Link> {
  const peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' })
  let patience: ReturnType<typeof setTimeout> | undefined
  const close = () => {
    clearTimeout(patience)
    peer.onconnectionstatechange = null
    peer.ontrack = null
    peer.close()
  }
  peer.ontrack = ({ track }) => options.onRemote(new MediaStream([track]))
  peer.onconnectionstatechange = () => {
    clearTimeout(patience)
    if (peer.connectionState === 'connected') options.onLinked()
    else if (peer.connectionState === 'failed') options.onLost()
    else if (peer.connectionState === 'disconnected') patience = setTimeout(options.onLost, PATIENCE_MS)
  }
  try {
    const transceiver = peer.addTransceiver(options.microphone.getAudioTracks()[0] ?? 'audio', {
      direction: 'sendrecv',
    })
    preferTelephony(transceiver)
    await peer.setLocalDescription()
    await gathered(peer)
    const answer = await options.exchange(peer.localDescription?.sdp ?? '')
    await peer.setRemoteDescription({ type: 'answer', sdp: answer })
    return {
      close,
      async replaceMicrophone(stream) {
        await transceiver.sender.replaceTrack(stream.getAudioTracks()[0] ?? null)
      },
    }
  } catch (error) {
    close()
    throw error
  }
}

/** Offers nothing else: comfort noise and redundancy would only make the offer longer. */
function preferTelephony(transceiver: RTCRtpTransceiver): void {
  const known = RTCRtpReceiver.getCapabilities?.('audio')?.codecs ?? []
  const wanted = WANTED.flatMap((type) => known.filter((c) => c.mimeType.toLowerCase() === type.toLowerCase()))
  if (wanted.length > 0) transceiver.setCodecPreferences?.(wanted)
}

/** The gateway takes no trickled candidates: wait until all are in the offer, yet not for ever. */
function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHERING_MS)
    peer.addEventListener('icegatheringstatechange', () => {
      if (peer.iceGatheringState !== 'complete') return
      clearTimeout(timer)
      resolve()
    })
  })
}
