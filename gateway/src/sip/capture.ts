import { LadderMessage } from '@ringdown/core/contract'
import { z } from 'zod'

const Captured = z.array(LadderMessage)
export type SipLadder = z.infer<typeof Captured>

/**
 * The SIP messages of a call as the SIP server saw them, in order.
 * @param source the SIP server's ops address; null when the server in use keeps none
 * @returns null when nothing was captured
 */
export async function fetchLadder(
  source: { url: string; secret: string } | null,
  sipCallId: string,
): Promise<SipLadder | null> {
  if (source === null) return null
  const response = await fetch(new URL(`/captures/${encodeURIComponent(sipCallId)}`, source.url), {
    headers: { Authorization: `Bearer ${source.secret}` },
    signal: AbortSignal.timeout(5000),
  })
  if (response.status === 404) return null
  if (!response.ok) throw new Error(`the SIP server answered ${response.status} to a request for the ladder`)
  const messages = Captured.parse(await response.json())
  return messages.length === 0 ? null : messages
}
