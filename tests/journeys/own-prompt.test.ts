import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { type Api, type Desk, journeyOn, numbers } from '../desk/index.ts'
import { tone, writeWav } from '../sip/index.ts'

// Of its own: the prompts of the other tests stay as they are.
const promptDir = await mkdtemp(join(tmpdir(), 'ringdown-prompts-'))
await cp(process.env.RINGDOWN_TEST_PROMPT_DIR!, promptDir, { recursive: true })
afterAll(() => rm(promptDir, { recursive: true, force: true }))

const journey = journeyOn({ env: { RINGDOWN_PROMPT_DIR: promptDir, RINGDOWN_MEDIA_PROMPT_DIR: promptDir } })
const GREETING = '/api/prompts/zh/greeting/audio'

journey('a recording that is uploaded is what callers hear, until it is deleted', async ({ desk }) => {
  const admin = await desk.api('admin')
  for (const frequency of [440, 700]) {
    expect((await upload(admin, frequency)).status).toBe(200)
    expect(await uploadedAt(admin)).toBeGreaterThan(0)
    await greets(desk, (audio) => audio.hears(frequency, { forMs: 1_000, sinceMs: 0 }))
  }
  await admin.call('removePromptAudio', { params: { language: 'zh', key: 'greeting' } })
  expect(await uploadedAt(admin)).toBeNull()
  await greets(desk, async (audio) => {
    await audio.hearsAnything({ forMs: 1_000, sinceMs: 0 })
    expect(audio.segments().filter((heard) => heard.what === 'tone' && Math.abs(heard.frequency - 700) < 30)).toEqual(
      [],
    )
  })
})

journey('what callers could not hear is refused, in words; so is who may not upload', async ({ desk }) => {
  const [admin, alice] = [await desk.api('admin'), await desk.api('alice')]
  const noSound = await admin.fetch(GREETING, { method: 'PUT', headers: wav, body: 'not a sound at all' })
  expect([noSound.status, await noSound.json()]).toMatchObject([
    400,
    { error: { code: 'invalid_input', message: expect.stringContaining('WAV') } },
  ])
  expect((await upload(alice, 440)).status).toBe(403)
  expect(await uploadedAt(admin)).toBeNull()
})

const wav = { 'content-type': 'audio/wav' }

/** Two seconds of a tone. */
async function upload(api: Api, frequency: number): Promise<Response> {
  const source = tone(frequency)
  const file = join(promptDir, `${frequency}.wav`)
  await writeWav(file, Int16Array.from(Array.from({ length: 100 }, () => [...source.nextFrame()]).flat()))
  return api.fetch(GREETING, { method: 'PUT', headers: wav, body: await readFile(file) })
}

async function uploadedAt(admin: Api): Promise<number | null | undefined> {
  return (await admin.call('listPrompts', {})).find(({ key }) => key === 'greeting')?.uploadedAt.zh
}

/** Somebody calls, listens, and hangs up. */
async function greets(desk: Desk, listen: (audio: Awaited<ReturnType<Desk['caller']>>['audio']) => Promise<unknown>) {
  await using caller = await desk.caller({ to: numbers.hotline })
  await caller.call.untilAnswered()
  await listen(caller.audio)
  await caller.call.hangup()
}
