import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { tone, writeWav } from '../sip/index.ts'

const executables = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Chromium whose microphone hears a tone without end. */
export type TalkingBrowser = AsyncDisposable & { browser: Browser }

/** @param frequency of the tone, Hz. Throws when there is no Chromium. */
export async function startChromium(frequency: number): Promise<TalkingBrowser> {
  const executablePath = executables.find((path) => existsSync(path))
  if (!executablePath) throw new Error('these tests need Chromium: apt-get install chromium')
  await using stack = new AsyncDisposableStack()
  const dir = await mkdtemp(join(tmpdir(), 'ringdown-chromium-'))
  stack.defer(() => rm(dir, { recursive: true, force: true }))
  const microphone = join(dir, 'microphone.wav')
  await writeWav(microphone, secondOf(frequency))
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  stack.defer(() => browser.close())
  const owned = stack.move()
  return { browser, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Whole periods of a whole frequency: it loops without a click. */
function secondOf(frequency: number): Int16Array {
  const source = tone(frequency)
  const frames = Array.from({ length: 50 }, () => source.nextFrame())
  return Int16Array.from(frames.flatMap((frame) => [...frame]))
}
