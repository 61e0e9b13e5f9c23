import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { callTimes } from '@ringdown/gateway/config'
import { settingTable } from './settings.ts'

/** `node launch/settings-doc.ts` writes docs/settings.md and the table of the README; a test fails while they are out of date. */
export const settingsDocument = join(import.meta.dirname, '../docs/settings.md')
export const readme = join(import.meta.dirname, '../README.md')

/** The README with today's settings between its marks. */
export const withSettings = (text: string): string =>
  text.replace(
    /(<!-- settings -->\n)[\s\S]*?(\n<!-- \/settings -->)/,
    (_, begin, end) => `${begin}${settingsTable()}${end}`,
  )

function settingsTable(): string {
  const rows = Object.values(settingTable).map(
    ({ name, fallback, meaning }) => `| \`${name}\` | ${!fallback ? '–' : `\`${fallback}\``} | ${meaning} |`,
  )
  return `| setting | default | meaning |
|---|---|---|
${rows.join('\n')}`
}

function timesTable(): string {
  const rows = Object.entries(callTimes).map(
    ([name, { fallback, meaning }]) => `| \`${name}\` | \`${fallback}\` | ${meaning} |`,
  )
  return `| setting | default | meaning |
|---|---|---|
${rows.join('\n')}`
}

export function describeSettings(): string {
  return `# Settings

Set them in the environment or in a file \`.env\` at the root of the checkout; the environment wins. This page is
generated from \`launch/settings.ts\` by \`node launch/settings-doc.ts\`.

${settingsTable()}

Each process has settings of its own, listed in its \`config.ts\` (\`gateway/src\`, \`gateway/sip/src\`, \`gateway/media/src\`,
\`workers/src\`). What the start command does not set itself is passed on to them, \`RINGDOWN_SIP_T1_MS\` for instance.

**Times of calls**, in milliseconds:

${timesTable()}

**Two copies side by side** need a data folder and ports of their own:

\`\`\`sh
RINGDOWN_DATA_DIR=./data-2 RINGDOWN_HTTP_PORT=8081 RINGDOWN_SIP_PORT=5070 RINGDOWN_RTP_PORTS=30000-39999 \\
RINGDOWN_DRACHTIO_PORT=9122 RINGDOWN_MEDIA_PORT=9133 RINGDOWN_PG_PORT=15433 RINGDOWN_REDIS_PORT=16380 \\
RINGDOWN_SIP_OPS_PORT=9201 RINGDOWN_MEDIA_OPS_PORT=9202 RINGDOWN_WORKERS_OPS_PORT=9203 npm start
\`\`\`

**Phones and browsers of the network** reach Ringdown with \`RINGDOWN_HOST=0.0.0.0\`. Browsers give a page the microphone
only over HTTPS or on \`localhost\`, so agents elsewhere need a reverse proxy with a certificate in front of the web port.
`
}

if (import.meta.main) {
  writeFileSync(settingsDocument, describeSettings())
  writeFileSync(readme, withSettings(readFileSync(readme, 'utf8')))
}
