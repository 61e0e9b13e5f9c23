import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from './refusal.ts'

const secret = z.string().min(16)
const Secrets = z.object({
  postgres: secret,
  redis: secret,
  /** Shared by SIP server and gateway. */
  sip: secret,
  /** Shared by media server and gateway. */
  media: secret,
  session: secret,
  /** Seals recordings: 32 bytes in base64. Without it the recordings of this folder can't be heard any more. */
  recordings: z.base64().length(44),
  /** Shown in the terminal; whoever sets up the first administrator must know it. */
  setup: z.string().min(8),
})
export type Secrets = z.infer<typeof Secrets>

/** The secrets of a data folder, made at its first start and readable by its owner only. */
export function readSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json')
  if (!existsSync(path)) create(path)
  chmodSync(path, 0o600)
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'))
    const secrets = Secrets.parse({ recordings: recordingKey(), ...(kept as object) })
    // A folder from before recordings were sealed gets its key now.
    if (!Object.hasOwn(kept as object, 'recordings')) write(path, secrets)
    return secrets
  } catch {
    throw new Refusal(`${path} is damaged: restore it from a backup. Without it the database can't be opened.`)
  }
}

function create(path: string): void {
  const random = () => randomBytes(24).toString('base64url')
  const secrets: Secrets = {
    ...{ postgres: random(), redis: random(), sip: random(), media: random(), session: random() },
    recordings: recordingKey(),
    setup: randomBytes(6).toString('hex'),
  }
  write(path, secrets)
}

const recordingKey = (): string => randomBytes(32).toString('base64')

function write(path: string, secrets: Secrets): void {
  writeFileSync(`${path}.part`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.part`, path)
}
