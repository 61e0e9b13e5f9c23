import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ServerProcess } from '../desk/server-process.ts'
import { heard, writeTestPrompts } from './prompts.ts'
import { mediaSecret } from './servers.ts'
import { Switchboard } from './switchboard.ts'
import { queued, talking } from './talking.ts'
import { until } from './until.ts'

/** A media server of its own process, killed in the middle of a call and away for a while. */
const stack = new AsyncDisposableStack()
let board: Switchboard
let server: ServerProcess
let startServer: () => Promise<ServerProcess>

beforeAll(async () => {
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'ringdown-media-')), (path) =>
    rm(path, { recursive: true, force: true }),
  )
  const promptDir = join(folder, 'prompts')
  const recordingDir = join(folder, 'recordings')
  await writeTestPrompts(promptDir)
  const start = (rpcPort: number) =>
    ServerProcess.start({
      name: 'media',
      script: 'gateway/media/src/main.ts',
      env: {
        RINGDOWN_MEDIA_SECRET: mediaSecret,
        RINGDOWN_MEDIA_RPC_PORT: String(rpcPort),
        RINGDOWN_MEDIA_METRICS_PORT: '0',
        RINGDOWN_MEDIA_PROMPT_DIR: promptDir,
        RINGDOWN_MEDIA_RECORDING_DIR: recordingDir,
        RINGDOWN_MEDIA_PORT_REST_MS: '0',
      },
    })
  server = await start(0)
  const rpcPort = Number(server.ready.rpcPort)
  startServer = () => start(rpcPort)
  const settings = {
    MEDIA_URL: `media://:${encodeURIComponent(mediaSecret)}@127.0.0.1:${rpcPort}`,
    RINGDOWN_PROMPT_DIR: promptDir,
    RINGDOWN_MEDIA_LOST_MS: '1000',
  }
  board = stack.use(await Switchboard.start({}, settings))
})
afterAll(async () => {
  expect(await board.drift()).toBe(0)
  await stack.disposeAsync()
  await server[Symbol.asyncDispose]()
})

it('[CT16] killed and away: its call ends for both sides within seconds, and the agent wraps up', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  await using other = await board.caller({ user: '13900138001' })
  const { call, offered, contactId } = await talking(board, caller, li)
  const waiting = await queued(other)
  await server.crash()
  const ends = await Promise.all([call, offered, waiting].map((leg) => leg.untilEnded()))
  for (const end of ends) expect(end).toMatchObject({ by: 'them', how: 'hung up' })
  const lost = { party: 'system', reason: 'media_lost' }
  expect(await board.happened('contact_ended')).toMatchObject({ termination: lost })
  const events = await until(async () => {
    const all = await board.events(contactId)
    return all.some(({ type }) => type === 'contact_ended') && all
  }, 'the end of the call that talked')
  expect(events.find(({ type }) => type === 'contact_ended')).toMatchObject({ termination: lost })
  expect(events.find(({ type }) => type === 'segment_ended')).toMatchObject({ by: 'system', reason: 'media_lost' })
  expect((await board.foundation.agents.read(li.user.id))?.work.state).toBe('wrap_up')
})

it('[CT16] while it is away a call is refused with 503 at once, and is no contact', async () => {
  const contacts = async () => (await board.sql`select count(*)::int as count from contacts`)[0]?.count
  const before = await contacts()
  await using caller = await board.caller()
  const call = await caller.call('4000')
  expect(await call.untilEnded()).toMatchObject({ how: 'rejected', status: 503 })
  expect(call.ladder()).toEqual(['INVITE', '100', '503', 'ACK'])
  expect(caller.messages.find(({ label }) => label === '503')?.text).toMatch(/^Retry-After: 10\r$/m)
  expect(board.calls.legs.ended).toContainEqual({
    labels: { side: 'caller', party: 'system', reason: 'unreachable' },
    count: 1,
  })
  expect(await contacts()).toBe(before)
})

it('[CT16] when it is back the next call has audio, without a restart of anything else', async () => {
  server = await startServer()
  await until(async () => board.foundation.media.connected, 'the connection to the media server')
  await using caller = await board.caller()
  const call = await caller.call('4000')
  await call.untilAnswered()
  await call.audio.hears(heard.prompt, { forMs: 80 })
  await call.hangup()
  await until(async () => board.calls.legs.alive.length === 0, 'the end of all legs')
  expect(board.calls.legs.illegal).toEqual([])
})
