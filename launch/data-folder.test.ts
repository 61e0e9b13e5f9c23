import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { claimDataFolder } from './claim-data-folder.ts'
import { openLogFile } from './log-file.ts'
import { readSecrets } from './secrets.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'ringdown-data-'))

describe('a data folder', () => {
  it('belongs to one start at a time', async () => {
    const dir = folder()
    const other = spawn(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)', 'launch/start.ts'])
    await once(other, 'spawn')
    try {
      writeFileSync(join(dir, 'start.pid'), String(other.pid))
      expect(() => claimDataFolder(dir)).toThrow(`Ringdown is already running on ${dir} (process ${other.pid})`)
    } finally {
      other.kill('SIGKILL')
      await once(other, 'exit')
    }
    const release = claimDataFolder(dir)
    expect(readFileSync(join(dir, 'start.pid'), 'utf8')).toBe(String(process.pid))
    expect(statSync(join(dir, 'recordings')).mode & 0o777).toBe(0o700)
    release()
    claimDataFolder(dir)()
  })

  it('that can not be written is refused with its setting', () => {
    const dir = folder()
    writeFileSync(join(dir, 'file'), '')
    expect(() => claimDataFolder(join(dir, 'file/data'))).toThrow(/RINGDOWN_DATA_DIR chooses another one/)
  })

  it('keeps the secrets of its first start, for its owner only', () => {
    const dir = folder()
    const first = readSecrets(dir)
    expect(readSecrets(dir)).toEqual(first)
    expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length)
    expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600)
    expect(readSecrets(folder())).not.toEqual(first)
  })

  it('from before recordings were sealed gets a key for them, and keeps its other secrets', () => {
    const dir = folder()
    const { recordings: _, ...before } = readSecrets(dir)
    writeFileSync(join(dir, 'secrets.json'), JSON.stringify(before))
    const after = readSecrets(dir)
    expect(after).toMatchObject(before)
    expect(Buffer.from(after.recordings, 'base64')).toHaveLength(32)
    expect(readSecrets(dir)).toEqual(after)
  })

  it('with damaged secrets is refused, not given new ones', () => {
    const dir = folder()
    writeFileSync(join(dir, 'secrets.json'), '{}')
    expect(() => readSecrets(dir)).toThrow(/secrets.json is damaged/)
  })

  it('keeps logs of bounded size', () => {
    const dir = folder()
    mkdirSync(join(dir, 'logs'))
    const log = openLogFile(join(dir, 'logs/sip.log'), 25)
    for (const line of ['first line', 'second line', 'third line', 'fourth line']) log.write(line)
    log.close()
    expect(readFileSync(log.path, 'utf8')).toBe('fourth line\n')
    expect(readFileSync(`${log.path}.1`, 'utf8')).toBe('first line\nsecond line\nthird line\n')
  })
})
