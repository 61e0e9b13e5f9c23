import { readFileSync } from 'node:fs'
import { SipServerConfig } from './settings.ts'

/** The environment variable of a setting: `adminPort` is set by RINGDOWN_SIP_ADMIN_PORT. */
export function environmentName(setting: string): string {
  return `RINGDOWN_SIP_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** Names a JSON file with settings; the environment goes before it. */
const fileVariable = 'RINGDOWN_SIP_CONFIG'
const settings = Object.keys(SipServerConfig.shape)
const lists = new Set(['listen', 'tlsCertificates', 'tlsKeys', 'wsOrigins', 'trusted', 'dnsServers', 'handlers'])

/** Reads the settings from the environment. Throws an Error that names each wrong setting and what it should be. */
export function configFromEnvironment(environment: NodeJS.ProcessEnv): SipServerConfig {
  const given = readFile(environment[fileVariable])
  for (const setting of settings) {
    const value = environment[environmentName(setting)]
    if (value === undefined || value === '') continue
    given[setting] = lists.has(setting) ? value.split(',').map((item) => item.trim()) : value
  }
  const parsed = SipServerConfig.safeParse(given)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(({ path, code, message }) => {
    const setting = String(path[0])
    const missing = given[setting] === undefined && code !== 'custom'
    return `${environmentName(setting)} ${missing ? 'is missing: set it' : `is wrong: ${message}`}`
  })
  throw new Error(lines.join('\n'))
}

function readFile(path: string | undefined): Record<string, unknown> {
  if (path === undefined || path === '') return {}
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`${fileVariable} is wrong: ${(error as Error).message}`, { cause: error })
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new Error(`${fileVariable} is wrong: ${path} holds no JSON object`)
  const unknown = Object.keys(content).find((name) => !settings.includes(name))
  if (unknown !== undefined) throw new Error(`${fileVariable} is wrong: there is no setting '${unknown}'`)
  return { ...content }
}
