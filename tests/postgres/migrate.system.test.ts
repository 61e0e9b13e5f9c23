import { connect, migrate, type Sql, TestDatabase } from '@ringdown/db/postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())

const one = { name: '0001_one.sql', text: 'create table one (n int);', checksum: 'a' }
const two = { name: '0002_two.sql', text: 'create table two (n int); insert into two values (1);', checksum: 'b' }

describe('migrations', () => {
  let sql: Sql
  beforeEach(async () => {
    sql = db.sql
    await sql`drop table if exists one, two, migrations`
  })

  it('apply what is missing, in order, once', async () => {
    expect(await migrate(sql, [one])).toEqual(['0001_one.sql'])
    expect(await migrate(sql, [one, two])).toEqual(['0002_two.sql'])
    expect(await migrate(sql, [one, two])).toEqual([])
  })

  it('apply once when several processes start together', async () => {
    const others = [0, 1, 2].map((i) => connect(db.url, { applicationName: `process ${i}`, max: 1 }))
    const applied = await Promise.all(others.map((other) => migrate(other, [one, two])))
    expect(applied.flat().sort()).toEqual(['0001_one.sql', '0002_two.sql'])
    await Promise.all(others.map((other) => other.end()))
  })

  it('refuse a file that was changed after it was applied', async () => {
    await migrate(sql, [one])
    await expect(migrate(sql, [{ ...one, checksum: 'c' }])).rejects.toThrow('0001_one.sql was changed')
  })

  it('refuse a database that a newer version has migrated', async () => {
    await migrate(sql, [one, two])
    await expect(migrate(sql, [one])).rejects.toThrow('run a newer Ringdown')
  })

  it('undo a file that fails half-way and name it', async () => {
    const broken = { ...two, text: 'create table two (n int); insert into nowhere values (1);' }
    await expect(migrate(sql, [one, broken])).rejects.toThrow('0002_two.sql failed and was undone')
    const [row] = await sql`select to_regclass('one') is not null as one, to_regclass('two') is not null as two`
    expect(row).toEqual({ one: true, two: false })
    expect(await migrate(sql, [one, two])).toEqual(['0002_two.sql'])
  })
})
