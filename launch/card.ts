import { DEMO_LOGINS, DEMO_PASSWORD } from '@ringdown/db/seeds'
import type { Installation } from './prepare-database.ts'
import { sipAddress } from './process-plan.ts'
import type { Paint } from './progress.mjs'
import type { Settings } from './settings.ts'

export type CardFacts = {
  settings: Settings
  installation: Installation
  setupCode: string
  dev: boolean
  tookMs: number
}

const labelWidth = 11

/** What a newcomer needs to know when all is up. */
export function card({ settings, installation, setupCode, dev, tookMs }: CardFacts, colour: Paint): string {
  const web = `http://${bracketed(settings.publicAddress)}:${settings.httpPort}`
  const entry = (label: string, lines: string[]) =>
    lines.map((line, i) => `  ${(i === 0 ? label : '').padEnd(labelWidth)}${line}`)
  const lines = [
    `  ${colour.good('●')} ${colour.bold('Ringdown is ready')} ${colour.dim(`after ${(tookMs / 1000).toFixed(1)} s`)}`,
    '',
    ...entry('Open', [colour.accent(dev ? `http://127.0.0.1:${settings.uiDevPort}` : web)]),
    ...(installation.needsSetup ? entry('Set up', [`with the code ${colour.bold(setupCode)}`]) : []),
    ...(installation.demo ? entry('Sign in', signIns(colour)) : []),
    ...entry('Call', [
      `sip:${installation.numberToCall}@${sipAddress(settings)}`,
      `or ${colour.bold(callCommand(settings, installation))}`,
    ]),
    ...entry('Data', [settings.dataDir, colour.dim(`logs in ${settings.dataDir}/logs`)]),
    ...entry('Stop', ['Ctrl-C']),
  ]
  return `\n${lines.join('\n')}\n`
}

function signIns(colour: Paint): string[] {
  const people = [
    ...DEMO_LOGINS.agents.map((login) => [login, 'agent'] as const),
    [DEMO_LOGINS.supervisor, 'supervisor'] as const,
    [DEMO_LOGINS.admin, 'administrator'] as const,
  ]
  return [
    ...people.map(([login, role]) => `${login.padEnd(12)}${colour.dim(role)}`),
    `password ${colour.bold(DEMO_PASSWORD)}`,
  ]
}

/** `npm run call` alone calls the defaults. */
function callCommand(settings: Settings, { numberToCall }: Installation): string {
  const target = `sip:${numberToCall}@${sipAddress(settings)}`
  return target === 'sip:4000@127.0.0.1:5060' ? 'npm run call' : `npm run call -- --to ${target}`
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
