/** How a call ended. `status` is the final status of an INVITE that failed, or of the BYE when we sent it;
 *  `reason` the Reason header (RFC 3326) of what they sent. */
export type CallEnd = {
  by: 'us' | 'them' | 'nobody'
  how: 'hung up' | 'cancelled' | 'rejected' | 'no response' | 'no acknowledgement' | 'vanished' | 'no common codec'
  status?: number
  phrase?: string
  reason?: string
}

export function describeEnd(end: CallEnd): string {
  const status = end.status === undefined ? '' : ` ${end.status} ${end.phrase ?? ''}`.trimEnd()
  const reason = end.reason === undefined ? '' : ` (${end.reason})`
  return `${end.how} by ${end.by}${status}${reason}`
}
