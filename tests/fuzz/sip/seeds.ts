import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onWire } from '../../../gateway/sip/tests/torture/message.ts'
import { invalid } from '../../../gateway/sip/tests/torture/rfc4475-invalid.ts'
import { layers } from '../../../gateway/sip/tests/torture/rfc4475-layers.ts'
import { valid } from '../../../gateway/sip/tests/torture/rfc4475-valid.ts'
import { ipv6 } from '../../../gateway/sip/tests/torture/rfc5118.ts'

const folder = join(import.meta.dirname, 'corpus')

/** The torture messages, and those of the corpus: LF for CRLF, `\{xx}` for bytes that are no text. */
export function seeds(): Buffer[] {
  const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'))
  const raw = files.map((text) =>
    text.replace(/\\\{([0-9a-f]{2})\}/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  )
  const torture = [...valid, ...invalid, ...layers, ...ipv6].map(({ text }) => text)
  return [...raw, ...torture].map(onWire)
}
