import type { Segment } from '../audio/segments.ts'
import { type AudioSource, chime, samples, silence, tone } from '../audio/sources.ts'
import { readForPhone } from '../audio/wav.ts'
import { type CallEnd, describeEnd } from '../phone/call-end.ts'
import type { OutgoingCall } from '../phone/outgoing-call.ts'
import { Phone } from '../phone/phone.ts'
import type { CallerOptions } from './options.ts'
import type { Step } from './script.ts'
import { Timeline, type TimelineEntry } from './timeline.ts'

export type CallerReport = {
  from: string
  to: string
  callId: string
  answered: boolean
  end: CallEnd
  timeline: TimelineEntry[]
  heard: Segment[]
  rtp: { sent: number; received: number; lost: number }
  ladder: string[]
  printedLadder: string
}

export type CallerLife = {
  localHost: string
  /** Aborted: hang up. */
  stop: AbortSignal
  tell: (entry: TimelineEntry) => void
  /** Given the means to send digits while the call lasts. */
  keys?: (press: (digit: string) => void) => void
}

/** No response at all for so long means that nobody is there: a person does not wait for timer B. */
const nobodyThereMs = 5000
const voiceEndedMs = 1500

/** One call from INVITE to its end, as the options say. */
export async function runCaller(options: CallerOptions, from: string, life: CallerLife): Promise<CallerReport> {
  const sound = await sourceOf(options.sound)
  await using phone = await Phone.start({ user: from, host: life.localHost, codecs: options.codecs })
  const call = await phone.call(options.to, { display: options.name })
  const timeline = new Timeline(call.audio, life.tell)
  timeline.add('sip', `calling ${options.to} as ${options.name || from}`)
  call.audio.play(sound)
  life.stop.addEventListener('abort', () => void hangup(call), { once: true })
  if (life.stop.aborted) void hangup(call)
  const impatience = setTimeout(() => call.ladder().length === 1 && call.vanish(), nobodyThereMs)
  void call.ringing.then(
    (r) => timeline.add('sip', `${r.status} ${r.phrase}`),
    () => {},
  )

  const answered = await call.answered.then(
    () => true,
    () => false,
  )
  clearTimeout(impatience)
  if (answered) await talk(call, options, timeline, life)
  const end = await call.ended
  timeline.close()
  timeline.add('sip', describeEnd(end))
  if (options.record !== undefined) await call.audio.save(recordingPath(options, from))
  return {
    from,
    to: options.to,
    callId: call.id,
    answered,
    end,
    timeline: timeline.entries,
    heard: call.audio.segments(),
    rtp: { sent: call.audio.sent.packetsSent, received: call.audio.received.packets, lost: call.audio.received.lost },
    ladder: call.ladder(),
    printedLadder: call.printedLadder(),
  }
}

async function talk(call: OutgoingCall, options: CallerOptions, timeline: Timeline, life: CallerLife): Promise<void> {
  timeline.add('sip', `answered, ${call.audio.agreement?.codec.toUpperCase()}`)
  const press = async (digits: string) => {
    timeline.add('sent', digits)
    await call.audio.press(digits)
  }
  life.keys?.((digit) => void press(digit).catch((error: Error) => timeline.add('sip', error.message)))
  const limit = options.durationMs > 0 ? setTimeout(() => void call.hangup(), options.durationMs) : undefined
  await Promise.race([call.ended, followScript(call, options, press)]).catch((error: Error) =>
    timeline.add('sip', error.message),
  )
  await call.ended
  clearTimeout(limit)
}

async function followScript(
  call: OutgoingCall,
  options: CallerOptions,
  press: (digits: string) => Promise<void>,
): Promise<void> {
  const { recorder } = call.audio
  const answeredMs = recorder.elapsedMs
  let doneMs = answeredMs
  for (const { moment, digits } of options.steps) {
    await reached(call, moment, { answeredMs, doneMs })
    if (call.state !== 'talking') return
    await press(digits)
    doneMs = recorder.elapsedMs
  }
  while (options.survey !== undefined) {
    await call.audio.hearsPromptEnd({ forMs: voiceEndedMs, sinceMs: doneMs, withinMs: Number.MAX_SAFE_INTEGER })
    if (call.state !== 'talking') return
    await press(options.survey)
    doneMs = recorder.elapsedMs
  }
}

async function reached(
  call: OutgoingCall,
  moment: Step['moment'],
  now: { answeredMs: number; doneMs: number },
): Promise<void> {
  if (moment.kind === 'prompt-end') {
    await call.audio.hearsPromptEnd({ forMs: moment.silenceMs, sinceMs: now.doneMs, withinMs: Number.MAX_SAFE_INTEGER })
    return
  }
  const dueMs = (moment.kind === 'at' ? now.answeredMs : now.doneMs) + moment.ms
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - call.audio.recorder.elapsedMs)).unref())
}

async function hangup(call: OutgoingCall): Promise<void> {
  const given = setTimeout(() => call.vanish(), 2000) // who stops us does not wait for timer F
  await call.hangup()
  clearTimeout(given)
}

async function sourceOf(sound: CallerOptions['sound']): Promise<AudioSource> {
  if (sound.kind === 'file') return samples(await readForPhone(sound.path), { loop: true })
  if (sound.kind === 'tone') return tone(sound.frequency)
  return sound.kind === 'silence' ? silence() : chime()
}

function recordingPath({ record, count }: CallerOptions, from: string): string {
  return count === 1 ? record! : record!.replace(/(\.wav)?$/i, `-${from}.wav`)
}
