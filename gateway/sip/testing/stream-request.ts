/** A request from a client whose Contact can not be connected to: 10.9.8.7, or a browser's made-up name. */
export function streamRequest(
  transport: 'TCP' | 'TLS' | 'WS' | 'WSS',
  method: string,
  callId: string,
  seq: number,
  extra: readonly string[] = [],
  body = '',
): string {
  return [
    `${method} sip:bob@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/${transport} df7jal23ls0d.invalid;branch=z9hG4bK-${callId}-${seq}-${method}`,
    'Max-Forwards: 70',
    'From: <sip:carol@example.org>;tag=carol',
    ...(extra.some((line) => line.startsWith('To:')) ? [] : ['To: <sip:bob@127.0.0.1>']),
    `Call-ID: ${callId}`,
    `CSeq: ${seq} ${method}`,
    ...extra,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}
