import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@ringdown/db/embedded'

/**
 * Runs the C++ drachtio-server in place of ours: RINGDOWN_TEST_DRACHTIO_SERVER names the binary. It understands those
 * settings of ours that the tests use, and says `ready` as ours does; it has no captures and no metrics.
 */
const env = process.env
const host = '127.0.0.1'
const folder = mkdtempSync(join(tmpdir(), 'ringdown-drachtio-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

const given = Number(/udp:[0-9.]+:(\d+)/.exec(env.RINGDOWN_SIP_LISTEN ?? '')?.[1])
const port = given || (await freePort())
const adminPort = Number(env.RINGDOWN_SIP_ADMIN_PORT) || (await freePort())
const t1 = Number(env.RINGDOWN_SIP_T1_MS) || 500
const file = join(folder, 'drachtio.conf.xml')
writeFileSync(
  file,
  `<drachtio>
  <admin port="${adminPort}" secret="${env.RINGDOWN_SIP_SECRET}">${host}</admin>
  <sip>
    <contacts><contact>sip:${host}:${port};transport=udp,tcp</contact></contacts>
    <timers><t1>${t1}</t1><t2>4000</t2><t4>5000</t4><t1x64>${64 * t1}</t1x64></timers>
  </sip>
  <logging><file><name>${folder}/drachtio.log</name><archive>${folder}</archive></file><loglevel>info</loglevel></logging>
</drachtio>
`,
)
// However this process ends, the server ends with it.
const server = spawn('setpriv', ['--pdeathsig', 'KILL', env.RINGDOWN_TEST_DRACHTIO_SERVER ?? '', '-f', file], {
  stdio: 'ignore',
})
server.once('exit', () => process.exit(1))
process.once('SIGTERM', () => process.exit(0))
while (!(await answers(adminPort))) await delay(50)
const listeners = ['udp', 'tcp'].map((protocol) => ({ protocol, host, port }))
console.log(JSON.stringify({ level: 30, time: Date.now(), msg: 'ready', listeners, admin: { host, port: adminPort } }))

async function answers(to: number): Promise<boolean> {
  const socket = connect(to, host)
  const open = await once(socket, 'connect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return open
}
