import { createHash, randomBytes } from 'node:crypto'
import { connect, type Sql } from './client.ts'
import { migrate, readMigrations } from './migrate.ts'

/**
 * A database of a test's own, made from a migrated template in about 30 ms and dropped at the end:
 * `await using db = await TestDatabase.create()`.
 *
 * The server is that of RINGDOWN_TEST_DATABASE_URL, which the global set-up of the tests gives.
 */
export class TestDatabase implements AsyncDisposable {
  readonly sql: Sql
  readonly url: string
  readonly #name: string
  readonly #server: Sql

  private constructor(server: Sql, name: string, url: string) {
    this.#server = server
    this.#name = name
    this.url = url
    this.sql = connect(url, { applicationName: 'test' })
  }

  static async create(): Promise<TestDatabase> {
    const serverUrl = process.env.RINGDOWN_TEST_DATABASE_URL
    if (!serverUrl) throw new Error('RINGDOWN_TEST_DATABASE_URL is not set: run this test in the project "system"')
    const server = connect(serverUrl, { applicationName: 'test server', max: 1 })
    const template = await migratedTemplate(server, serverUrl)
    const name = `test_${randomBytes(8).toString('hex')}`
    await server`create database ${server(name)} template ${server(template)}`
    return new TestDatabase(server, name, withDatabase(serverUrl, name))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sql.end({ timeout: 5 })
    await this.#server`drop database ${this.#server(this.#name)} with (force)`
    await this.#server.end()
  }
}

/** Named after the migrations it has, so that a server that lives longer than one version of them is no trap. */
async function migratedTemplate(server: Sql, serverUrl: string): Promise<string> {
  const migrations = await readMigrations()
  const version = createHash('sha256')
    .update(migrations.map(({ checksum }) => checksum).join(''))
    .digest('hex')
  const name = `template_${version.slice(0, 40)}`
  // Test files start together: the first makes the template, the others wait. One connection holds lock and unlock.
  await server`select pg_advisory_lock(hashtext(${name}))`
  try {
    const [found] = await server`select 1 from pg_database where datname = ${name}`
    if (!found) await makeTemplate(server, serverUrl, name)
  } finally {
    await server`select pg_advisory_unlock(hashtext(${name}))`
  }
  return name
}

async function makeTemplate(server: Sql, serverUrl: string, name: string): Promise<void> {
  const draft = `${name}_draft`
  await server`drop database if exists ${server(draft)}`
  await server`create database ${server(draft)}`
  const sql = connect(withDatabase(serverUrl, draft), { applicationName: 'test template', max: 1 })
  try {
    await migrate(sql)
  } finally {
    await sql.end()
  }
  await server`alter database ${server(draft)} rename to ${server(name)}`
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
