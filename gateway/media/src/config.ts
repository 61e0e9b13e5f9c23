import { isIP } from 'node:net'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { CodecName } from './codec/names.ts'
import { sealingKey } from './recording/recording-key.ts'

/** Every pair of threads may get a trunk: more threads than this are better run as more processes. */
const MAX_THREADS = 8

const port = z.coerce.number().int().min(0).max(65_535)
const ms = z.coerce.number().int().min(0)
const ip = z.string().refine((text) => isIP(text) !== 0, 'must be an IP address')
const portRange = z
  .object({ from: z.number(), to: z.number() }, 'must look like 20000-29999')
  .refine((r) => r.from >= 1 && r.to <= 65_535 && r.to - r.from >= 1, {
    message: 'must name at least two ports between 1 and 65535, lower one first',
  })

/** The settings of a media server; every one but `secret` has a default. */
export const MediaConfig = z
  .strictObject({
    /** Where RTP sockets are bound. */
    host: ip.default('127.0.0.1'),
    /** The address written in SDP; `host` unless set. */
    publicAddress: ip.optional(),
    rpcHost: z.string().min(1).default('127.0.0.1'),
    rpcPort: port.default(9033),
    /** What a client must say in `hello`. */
    secret: z.string('is not set; set it to a secret shared with the gateway').min(1, 'must not be empty'),
    rtpPorts: portRange.default({ from: 20_000, to: 29_999 }),
    /** How long a port rests after a leg closed, so that late packets reach nobody new. */
    portRestMs: ms.default(30_000),
    /** What legs speak, most wanted first: decides our answers, and the order of our offers. */
    codecs: z.array(CodecName).min(1).default(['PCMA', 'PCMU', 'G722', 'opus']),
    promptDir: z.string().min(1).default('prompts'),
    /** Decoded prompts kept in memory. */
    promptCacheBytes: z.coerce
      .number()
      .int()
      .min(0)
      .default(64 * 1024 * 1024),
    recordingDir: z.string().min(1).default('recordings'),
    /** How much of a recording may wait for the disk before it is dropped (32 kB a second). */
    recordingBufferBytes: z.coerce
      .number()
      .int()
      .min(32_000)
      .default(1_024 * 1024),
    /** Seals recordings; without it they are plain WAV files. Several keys: the first seals. */
    recordingKey: z
      .string()
      .refine((keys) => sealingKey(keys) !== undefined, 'must be 32 bytes in base64 (openssl rand -base64 32)')
      .optional(),
    metricsHost: z.string().min(1).default('127.0.0.1'),
    metricsPort: port.default(9034),
    /** Binds ICE to one address; all interfaces unless set. */
    iceAddress: ip.optional(),
    icePorts: portRange.optional(),
    /** How long legs outlive the connection of their owner. */
    ownerGraceMs: ms.default(30_000),
    /** No RTP for so long on a leg that should send: `leg.lost`. */
    rtpTimeoutMs: ms.default(30_000),
    /** The same for a WebRTC leg; a browser sends all the time. */
    webrtcTimeoutMs: ms.default(3_500),
    /** A leg that can't be heard for so long, though it should be, is told as `leg.alarm`; 0 is never. */
    alarmAfterMs: ms.default(2_500),
    /** Silence after which an RTP leg may listen to another source. */
    latchSilenceMs: ms.default(2_000),
    /** Worker threads that RTP legs are spread over; 0 keeps everything in the main thread. */
    threads: z.coerce
      .number()
      .int()
      .min(0)
      .max(MAX_THREADS)
      .default(() => Math.min(MAX_THREADS, availableParallelism())),
    /** A thread that does nothing for so long is ended and replaced; 0 is never. */
    threadHangMs: ms.default(5_000),
    logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine((c) => c.publicAddress !== undefined || (c.host !== '0.0.0.0' && c.host !== '::'), {
    path: ['publicAddress'],
    message: 'must be set when host is a wildcard: SDP needs an address that others can reach',
  })

export type MediaConfig = z.output<typeof MediaConfig>
/** What a caller of `startMediaServer` must give: `secret`, and what differs from the defaults. */
export type MediaSettings = z.input<typeof MediaConfig>

/** The environment variable of a setting: `rtpPorts` → `RINGDOWN_MEDIA_RTP_PORTS`. */
export function settingName(key: string): string {
  return `RINGDOWN_MEDIA_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** Reads the settings from the environment. Throws an Error that names each wrong setting and what it must be. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): MediaConfig {
  const given = Object.keys(MediaConfig.shape).flatMap((key) => {
    const value = env[settingName(key)]
    return value === undefined || value === '' ? [] : [[key, readers[key]?.(value) ?? value] as const]
  })
  const parsed = MediaConfig.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `${settingName(String(issue.path[0]))}: ${issue.message}`)
  throw new Error(`settings of the media server: ${faults.join('; ')}`)
}

/** Settings that are no plain text. */
const readers: Partial<Record<string, (text: string) => unknown>> = {
  rtpPorts: readRange,
  icePorts: readRange,
  codecs: readCodecs,
}

function readCodecs(text: string): string[] {
  const given = text.split(',').map((name) => name.trim())
  return given.map((name) => CodecName.options.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name)
}

function readRange(text: string): { from: number; to: number } | undefined {
  const match = /^(\d+)-(\d+)$/.exec(text)
  return match ? { from: Number(match[1]), to: Number(match[2]) } : undefined
}
