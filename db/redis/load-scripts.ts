import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { bookKeys, type RedisKeys } from './keys.ts'

/** Runs a script of `scripts/` by its name without the key count: `run('claim', [...])`. */
export type RunScript = (name: string, args: readonly (string | number)[]) => Promise<unknown>

type Script = { name: string; numberOfKeys: number; lua: string }

const folder = join(import.meta.dirname, 'scripts')

/** Makes all scripts callable on this connection, each with the keys of the book. */
export function loadScripts(redis: Redis, keys: RedisKeys, from = folder): RunScript {
  const names = new Set<string>()
  const declared = bookKeys(keys)
  for (const { name, numberOfKeys, lua } of readScripts(from)) {
    if (numberOfKeys !== declared.length)
      throw new Error(`${name}-${numberOfKeys}.lua: the book has ${declared.length} keys`)
    redis.defineCommand(commandName(name), { numberOfKeys, lua })
    names.add(name)
  }
  return (name, args) => {
    if (!names.has(name)) throw new Error(`no script named ${name}`)
    const commands = redis as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>
    return commands[commandName(name)]!(...declared, ...args)
  }
}

/** Reads `<verb>-<n>.lua` files, n being the number of KEYS, and puts their `-- @include name` lines in place. */
export function readScripts(from: string): Script[] {
  const files = readdirSync(from, { withFileTypes: true }).filter((f) => f.isFile() && !/\.ts$/.test(f.name))
  return files.map((file) => {
    const named = /^([a-z]+(?:-[a-z]+)*)-(\d+)\.lua$/.exec(file.name)
    if (!named) throw new Error(`${file.name}: a script is named <verb>-<number of keys>.lua`)
    const lua = readFileSync(join(from, file.name), 'utf8')
    return { name: named[1]!, numberOfKeys: Number(named[2]), lua: withIncludes(lua, from) }
  })
}

const withIncludes = (lua: string, from: string): string =>
  lua.replace(/^-- @include ([a-z-]+)$/gm, (_, name: string) =>
    withIncludes(readFileSync(join(from, 'includes', `${name}.lua`), 'utf8'), from),
  )

const commandName = (name: string): string => `ringdown:${name}`
