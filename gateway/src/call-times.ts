/** How long what is late or lost in a call is waited for: settings of the gateway, with their defaults in milliseconds. */
export const callTimes = {
  RINGDOWN_CALLER_SILENT_MS: {
    fallback: 10_000,
    meaning:
      'How long a caller is kept who is not heard any more and has not hung up. It begins when the media server has heard nothing for `RINGDOWN_MEDIA_RTP_TIMEOUT_MS` (30 s).',
  },
  RINGDOWN_STRANDED_SILENT_MS: {
    fallback: 5_000,
    meaning:
      'The same for a call whose SIP server was lost in the middle, counted from the last audio: nothing else can tell any more that the other side has hung up.',
  },
  RINGDOWN_MEDIA_LOST_MS: {
    fallback: 3_000,
    meaning: 'How long the media server may be away before its calls end.',
  },
  RINGDOWN_DIRECT_OFFER_MS: {
    fallback: 3_000,
    meaning:
      'How long a caller who is transferred to one agent waits to be offered to him; then he goes to the front of the queue.',
  },
  RINGDOWN_LOOK_UP_MS: {
    fallback: 1_500,
    meaning: 'How long a customer is looked for while the caller waits; then the flow goes on without.',
  },
} as const satisfies Record<string, { fallback: number; meaning: string }>
