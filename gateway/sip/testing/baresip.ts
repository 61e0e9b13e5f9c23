import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Endpoint } from '../src/transport/flow.ts'

/**
 * A telephone of somebody else's making: registers as alice at the server and answers whoever calls. `authority` is the
 * PEM file that vouches for the server over TLS; without one its certificate is not looked at.
 */
export async function startBaresip(
  server: Endpoint,
  transport: 'udp' | 'tcp' | 'tls',
  authority?: string,
): Promise<AsyncDisposable & { output(): string }> {
  const folder = await mkdtemp(join(tmpdir(), 'ringdown-baresip-'))
  const uri = `sip:alice@${server.host}:${server.port};transport=${transport}`
  await writeFile(join(folder, 'accounts'), `<${uri}>;regint=60;answermode=auto;audio_codecs=pcmu\n`)
  await writeFile(
    join(folder, 'config'),
    [
      ...['sip_listen 127.0.0.1:0', 'rtp_ports 20000-29998', 'audio_source aubridge,x', 'audio_player aubridge,x'],
      ...(authority === undefined ? [] : [`sip_cafile ${authority}`, 'sip_verify_server yes']),
      ...['module_path /usr/lib/baresip/modules', 'module g711.so', 'module aubridge.so'],
      ...['module_tmp account.so', 'module_app menu.so', ''],
    ].join('\n'),
  )
  const child = spawn('baresip', ['-4', '-v', '-f', folder], { stdio: ['pipe', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return {
    output: () => output,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}
