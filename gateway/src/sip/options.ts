import type Srf from 'drachtio-srf'

/** Answers OPTIONS from trunks and phones that check whether we live (RFC 3261 11). */
export function answerOptions(srf: Srf): void {
  srf.use('options', (_, res) => {
    res.send(200, { headers: { Allow: 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE', Accept: 'application/sdp' } })
  })
}
