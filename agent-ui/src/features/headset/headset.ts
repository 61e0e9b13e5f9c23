import { isRefusal } from '../../api/index.ts'
import { command, onConnected, onServerEvent } from '../../realtime/index.ts'
import { readAudioInUse, subscribeAudioInUse } from '../audio-choice/index.ts'
import { claimHeadset } from './claim.ts'
import { type HeadsetEvent, type HeadsetState, nextHeadset, problemOf } from './headset-state.ts'
import { measure } from './level.ts'
import { type Link, openLink } from './link.ts'
import { closeStream, openMicrophone } from './microphone.ts'

const RETRY_MS = [500, 1000, 2000, 5000]

let state: HeadsetState = { state: 'off' }
let microphone: MediaStream | null = null
let link: Link | null = null
let giveUp = () => {}
let wanted = false
let attempt = 0
let failures = 0
/** Of the server's session with this page; it tells all pages of a takeover, the one that took over included. */
let sessionId: string | null = null
let muted = false
let retry: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
const caller = new Audio()
caller.autoplay = true

export const readHeadset = (): HeadsetState => state
export function subscribeHeadset(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
function tell(event: HeadsetEvent): void {
  const next = nextHeadset(state, event)
  if (next === state) return
  state = next
  for (const listener of listeners) listener()
}

/** Takes the headset for this page and keeps it connected until `stopHeadset`. `steal`: from another page too. */
export function startHeadset(steal = false): void {
  if (wanted && !steal && state.state !== 'error') return
  wanted = true
  failures = 0
  giveUp()
  giveUp = claimHeadset(
    {
      held: () => {
        tell({ type: 'start' })
        void connect()
      },
      elsewhere: () => {
        dropLink()
        tell({ type: 'replaced' })
      },
    },
    steal,
  )
}

export function stopHeadset(): void {
  wanted = false
  giveUp()
  dropLink()
  tell({ type: 'stop' })
}

/** Silences the microphone in this page, at once; the gateway silences it too. */
export function muteMicrophone(next: boolean): void {
  muted = next
  for (const track of microphone?.getAudioTracks() ?? []) track.enabled = !muted
}

async function connect(): Promise<void> {
  const mine = ++attempt
  clearTimeout(retry)
  closeLink()
  if (!navigator.mediaDevices) return fail(isSecureContext ? 'unsupported' : 'insecure', '')
  try {
    if (!microphone?.active) await takeMicrophone()
  } catch (error) {
    return fail(problemOf(error), error instanceof Error ? error.message : '')
  }
  if (mine !== attempt || !microphone) return
  tell({ type: 'microphone' })
  try {
    const opened = await openLink({
      microphone,
      exchange: async (sdp) => {
        // From now on the earlier session is nothing to us: that this one replaces it is no news.
        sessionId = null
        const answer = await command('headset:connect', { sdp })
        if (mine === attempt) sessionId = answer.sessionId
        return answer.sdp
      },
      onLinked: () => {
        failures = 0
        tell({ type: 'linked' })
      },
      onLost: () => {
        tell({ type: 'lost' })
        connectLater()
      },
      onRemote: playCaller,
    })
    if (mine === attempt) link = opened
    else opened.close()
  } catch (error) {
    if (mine !== attempt) return
    // Without a socket the next connection starts it anew.
    if (!isRefusal(error, 'offline')) fail('server', error instanceof Error ? error.message : String(error))
    connectLater()
  }
}

function connectLater(): void {
  clearTimeout(retry)
  const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]
  failures += 1
  if (failures > 2 && state.state === 'connecting') fail('network', '')
  retry = setTimeout(() => {
    if (wanted && state.state !== 'replaced') void connect()
  }, wait)
}

function fail(problem: Extract<HeadsetState, { state: 'error' }>['problem'], message: string): void {
  tell({ type: 'failed', problem, message })
}

async function takeMicrophone(): Promise<void> {
  closeStream(microphone)
  microphone = await openMicrophone()
  muteMicrophone(muted)
  measure(microphone)
  for (const track of microphone.getAudioTracks()) track.onended = changeMicrophone
}

/** Speaks through another microphone from now on; the session with the gateway stays. */
function changeMicrophone(): void {
  void takeMicrophone().then(
    () => microphone && link?.replaceMicrophone(microphone),
    (error) => fail(problemOf(error), ''),
  )
}

function playCaller(stream: MediaStream): void {
  caller.srcObject = stream
  void applySpeaker()
  // Blocked before the first click of a page: the click that answers makes it play.
  caller.play().catch(() => addEventListener('pointerdown', () => void caller.play(), { once: true }))
}
const applySpeaker = async () => caller.setSinkId?.(readAudioInUse().speaker).catch(() => {})

function closeLink(): void {
  link?.close()
  link = null
}
function dropLink(): void {
  attempt += 1
  sessionId = null
  clearTimeout(retry)
  closeLink()
  closeStream(microphone)
  microphone = null
  measure(null)
  caller.srcObject = null
}

onServerEvent('headset:state', (event) => {
  if (event.sessionId !== sessionId) return
  if (event.state === 'lost' && link) {
    tell({ type: 'lost' })
    connectLater()
  }
  if (event.state === 'replaced') {
    giveUp()
    dropLink()
    tell({ type: 'replaced' })
  }
})

onConnected(() => {
  if (wanted && (state.state === 'connecting' || state.state === 'error') && !link) void connect()
})

navigator.mediaDevices?.addEventListener('devicechange', () => {
  if (wanted && state.state === 'error' && state.problem === 'missing') startHeadset()
})

let used = readAudioInUse()
subscribeAudioInUse(() => {
  const before = used
  used = readAudioInUse()
  if (before.speaker !== used.speaker) void applySpeaker()
  const same = before.microphone === used.microphone && before.voiceProcessing === used.voiceProcessing
  if (microphone && !same) changeMicrophone()
})
