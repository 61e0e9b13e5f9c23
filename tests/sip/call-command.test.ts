import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { samples, silence } from './audio/sources.ts'
import { readWav } from './audio/wav.ts'
import type { CallerReport } from './command/run-caller.ts'
import { Phone } from './phone/phone.ts'

/** Runs `npm run call` as a person would; `stop` is Ctrl-C. */
function runCommand(...args: string[]) {
  const command = spawn(process.execPath, [fileURLToPath(new URL('call-command.ts', import.meta.url)), ...args])
  let stdout = ''
  let stderr = ''
  command.stdout.on('data', (chunk) => (stdout += chunk))
  command.stderr.on('data', (chunk) => (stderr += chunk))
  const done = once(command, 'close').then(([code]) => ({ code: code as number, stdout, stderr }))
  return { done, stop: () => command.kill('SIGINT') }
}

/** Something like a voice: syllables of sliding pitch, with gaps. */
function voice(lengthMs: number): Int16Array {
  return Int16Array.from({ length: lengthMs * 8 }, (_, i) => {
    const syllable = (i % 1600) / 1600
    if (syllable > 0.7) return 0
    const pitch = 120 + 60 * syllable + 30 * Math.floor(i / 1600 / 2)
    const phase = (2 * Math.PI * pitch * i) / 8000
    return (
      Math.sin(Math.PI * (syllable / 0.7)) *
      (5000 * Math.sin(phase) + 3000 * Math.sin(5 * phase) + 2000 * Math.sin(9 * phase))
    )
  })
}

it('walks through prompts, each digit after its prompt, and tells what it heard', async () => {
  await using ivr = await Phone.start({ user: '4000' })
  const folder = await mkdtemp(join(tmpdir(), 'ringdown-call-'))
  const recording = join(folder, 'heard.wav')
  const command = runCommand(
    '--to',
    ivr.uri,
    '--from',
    '13800000001',
    '--name',
    'Alice',
    '--record',
    recording,
    '--json',
  )
  const call = await ivr.nextCall()
  expect(call.from).toMatchObject({ display: 'Alice', uri: expect.stringContaining('sip:13800000001@') })
  await call.answer()
  for (const digits of ['1', '1', '100237#']) {
    call.audio.play(samples(voice(1500)))
    await call.audio.hearsDigits(digits, { withinMs: 8000 })
  }
  call.audio.play(silence())
  await call.hangup()
  const { code, stdout } = await command.done
  const [report] = JSON.parse(stdout) as CallerReport[]
  expect(code).toBe(0)
  expect(report!.ladder).toEqual(['INVITE', '100', '200', 'ACK', 'BYE', '200'])
  expect(report!.timeline.filter((entry) => entry.kind === 'sent').map((entry) => entry.text)).toEqual([
    '1',
    '1',
    '100237#',
  ])
  expect(report!.heard.filter((segment) => segment.what === 'speech').length).toBeGreaterThanOrEqual(3)
  expect((await readWav(recording)).channels[0]!.length).toBeGreaterThan(5 * 8000)
  await rm(folder, { recursive: true })
})

it('Ctrl-C while it rings cancels the call', async () => {
  await using bob = await Phone.start({ user: 'bob' })
  const command = runCommand('--to', bob.uri)
  const call = await bob.nextCall()
  await call.ring()
  command.stop()
  expect(await call.untilEnded()).toMatchObject({ by: 'them', how: 'cancelled' })
  const { code, stdout } = await command.done
  expect(code).toBe(1)
  expect(stdout).toMatch(/◀─── .*487 Request Terminated/)
})

it('calls several times at once from numbers that follow each other', async () => {
  await using bob = await Phone.start({ user: 'bob' })
  const command = runCommand('--to', bob.uri, '--count', '3', '--from', '13900000009', '--duration', '1', '--press', '')
  const calls = await Promise.all([bob.nextCall(), bob.nextCall(), bob.nextCall()])
  await Promise.all(calls.map((call) => call.answer()))
  expect(calls.map((call) => call.from.uri.slice(4, 15)).toSorted()).toEqual([
    '13900000009',
    '13900000010',
    '13900000011',
  ])
  expect((await command.done).code).toBe(0)
})

it('says in words that nobody listens, and which setting to change', async () => {
  const gone = await Phone.start({ user: '4000' })
  await gone.close()
  const { code, stderr } = await runCommand('--to', gone.uri).done
  expect(code).toBe(1)
  expect(stderr).toContain(`Nobody answers at 127.0.0.1:${gone.local.port} (UDP). Is Ringdown running?`)
  expect(stderr).toContain('RINGDOWN_SIP_PORT')
})

it('says which file it can not read', async () => {
  await using bob = await Phone.start({ user: 'bob' })
  const { code, stderr } = await runCommand('--to', bob.uri, '--audio', '/nowhere/hello.wav').done
  expect(code).toBe(1)
  expect(stderr).toMatch(/^ENOENT.*hello\.wav/)
  expect(bob.messages).toEqual([])
})

it('names the option that is wrong', async () => {
  for (const [args, word] of [
    [['--press', 'x'], '--press: "x"'],
    [['--to', 'a b'], '--to: "a b"'],
    [['--codec', 'opus'], '--codec'],
    [['--tone', '440', '--silence'], '--tone'],
    [['--nonsense'], '--nonsense'],
  ] as const) {
    const { code, stderr } = await runCommand(...args).done
    expect(code).toBe(2)
    expect(stderr).toContain(word)
  }
})
