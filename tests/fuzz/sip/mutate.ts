import type { Random } from '../random.ts'

/** What parsers stumble over. */
const tokens = [
  ...[
    '\r\n',
    '\r',
    '\n',
    '\r\n\r\n',
    '\r\n ',
    '\0',
    '\t',
    ' ',
    ';',
    ';;',
    ',',
    ':',
    '"',
    '\\',
    '<',
    '>',
    '@',
    '[',
    ']',
  ],
  ...['%', '%00', '=', '?', '/', '|', '#', '\xff', '\xc3\x28', '4294967296', '-1', '99999999999999999999', '0'],
  ...['Via: SIP/2.0/UDP x', 'v:', 'Contact: *', 'm:<', 'Record-Route: <sip:127.0.0.1;lr>', 'Route: ', 'To: ', ';tag='],
  ...['Content-Length: 5', 'l:-1', 'CSeq: 1 ', 'RAck: 1 1 INVITE', 'Require: 100rel', 'RSeq: 1', 'Max-Forwards: 0'],
  ...[
    'Expires: 0',
    'Session-Expires: 1;refresher=uas',
    'SIP/2.0 200 OK\r\n',
    'INVITE sip:a@b SIP/2.0\r\n',
    'sip:',
    'sips:',
  ],
] as const

/** Between none and a few small changes; now and then two messages become one. */
export function mutate(random: Random, samples: readonly Buffer[]): Buffer {
  let bytes: Buffer = random.pick(samples)
  if (random.below(20) === 0) {
    const other = random.pick(samples)
    bytes = Buffer.concat([
      bytes.subarray(0, random.below(bytes.length + 1)),
      other.subarray(random.below(other.length + 1)),
    ])
  }
  for (let left = random.below(5); left > 0; left--) bytes = change(bytes, random)
  return bytes
}

function change(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length + 1)
  const span = Math.min(bytes.length - at, random.below(24))
  const before = bytes.subarray(0, at)
  switch (random.below(6)) {
    case 0:
      return Buffer.concat([before, bytes.subarray(at + span)])
    case 1:
      return Buffer.concat([before, Buffer.from(random.pick(tokens), 'latin1'), bytes.subarray(at)])
    case 2:
      return Buffer.concat([before, Buffer.from(random.pick(tokens), 'latin1'), bytes.subarray(at + span)])
    case 3:
      return Buffer.concat([before, bytes.subarray(at, at + span), bytes.subarray(at)])
    case 4: {
      const flipped = Buffer.from(bytes)
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8))
      return flipped
    }
    default:
      return withLine(bytes, random)
  }
}

/** A whole line taken out, doubled, or moved to the front. */
function withLine(bytes: Buffer, random: Random): Buffer {
  const lines = bytes.toString('latin1').split('\r\n')
  const at = random.below(lines.length)
  const [line = ''] = lines.splice(at, random.below(2))
  lines.splice(random.below(lines.length + 1), 0, ...Array(random.below(3)).fill(line))
  return Buffer.from(lines.join('\r\n'), 'latin1')
}
