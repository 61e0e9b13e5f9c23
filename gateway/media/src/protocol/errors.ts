import { z } from 'zod'

/** Every way a request can be refused. A code is part of the protocol: callers decide by it, never by the message. */
export const errorCodes = [
  /** The line is no request: not JSON, no id, or longer than the limit. */
  'malformed_request',
  /** `hello` did not come first, or its secret is wrong. */
  'unauthorized',
  'unknown_method',
  /** A parameter has the wrong shape; `field` names it. */
  'invalid_params',
  /** The session description breaks RFC 8866 or describes no audio stream. */
  'invalid_sdp',
  /** No audio codec in common: a SIP gateway answers 488. */
  'no_common_codec',
  /** `leg.accept` without an offer of ours that waits for an answer. */
  'no_pending_offer',
  /** The deed does not exist for this kind of leg. */
  'wrong_leg_kind',
  'leg_not_found',
  'bridge_not_found',
  'mix_not_found',
  'leg_not_in_mix',
  'recording_not_found',
  /** The leg is in another bridge. */
  'leg_already_bridged',
  /** The other side takes no RFC 4733 events: send the digits another way (SIP INFO). */
  'no_telephone_event',
  'prompt_not_found',
  /** The file is there, but no WAV that can be played. */
  'prompt_unreadable',
  /** A path leads out of its configured folder. */
  'path_refused',
  /** A recording never overwrites a file. */
  'recording_exists',
  'recording_unwritable',
  /** Every port of the range is in use or rests after use. */
  'no_ports',
  /** Client side: the connection is down. */
  'disconnected',
  /** Client side: no answer in time. */
  'request_timeout',
  'internal',
] as const

export const ErrorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof ErrorCode>

/** A refusal that crosses the wire as `{code, message, field?}`. */
export class MediaError extends Error {
  override readonly name = 'MediaError'
  readonly code: ErrorCode
  /** The parameter at fault, as a dotted path. */
  readonly field: string | undefined

  constructor(code: ErrorCode, message: string, field?: string) {
    super(message)
    this.code = code
    this.field = field
  }
}
