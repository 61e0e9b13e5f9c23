import postgres from 'postgres'

/** What rows and parameters use besides text, numbers and booleans. */
export type RingdownTypes = { instant: number; count: number }
/** A pool of connections. */
export type Sql = postgres.Sql<RingdownTypes>
/** A pool or a transaction: what every query function takes first. */
export type ISql = postgres.ISql<RingdownTypes>

type TransactionSql = postgres.TransactionSql<RingdownTypes>

export type ConnectOptions = {
  /** Shown by PostgreSQL in pg_stat_activity: which process asks. */
  applicationName: string
  /** Connections at most; 10 unless said. */
  max?: number
}

/**
 * Opens a pool. Rows come as the domain writes them: columns in camelCase, timestamptz as epoch milliseconds, bigint as
 * a number; keys inside jsonb stay untouched. Parameters take milliseconds where the column is a timestamptz.
 *
 * Connects at the first query; close with `sql.end()`.
 */
export function connect(url: string, { applicationName, max = 10 }: ConnectOptions): Sql {
  return postgres(url, {
    max,
    connect_timeout: 10,
    idle_timeout: 300,
    max_lifetime: 3600,
    connection: { application_name: applicationName, TimeZone: 'UTC' },
    onnotice: () => undefined,
    transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
    types: { instant, count },
  })
}

const instant = {
  to: 1184,
  from: [1184],
  serialize: (ms: number | string) => (typeof ms === 'number' ? new Date(ms).toISOString() : ms),
  parse: (text: string) => Date.parse(text),
}

const count = {
  to: 20,
  from: [20],
  serialize: (value: number) => String(value),
  parse: (text: string) => {
    const value = Number(text)
    if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`)
    return value
  },
}

/** A jsonb parameter. */
export const jsonb = (sql: ISql, value: unknown) => sql.json(value as postgres.JSONValue)

/**
 * Runs `work` in a transaction of its own. Inside another transaction it is a savepoint: when `work` throws, what it did
 * is undone, and the outer transaction may go on.
 */
export async function inTransaction<T>(sql: ISql, work: (tx: ISql) => Promise<T>): Promise<T> {
  // Wrapped, because postgres.js awaits the items of an array that a transaction returns.
  const wrapped = async (tx: ISql) => ({ value: await work(tx) })
  const outcome = 'begin' in sql ? (sql as Sql).begin(wrapped) : (sql as TransactionSql).savepoint(wrapped)
  return ((await outcome) as { value: T }).value
}

/** The constraint a unique violation is about, or undefined for any other error. */
export function duplicateOf(error: unknown): string | undefined {
  return error instanceof postgres.PostgresError && error.code === '23505' ? error.constraint_name : undefined
}

/** The foreign key that an error is about (a row names what is not there, or others name it), or undefined for any other. */
export function foreignKeyOf(error: unknown): string | undefined {
  return error instanceof postgres.PostgresError && error.code === '23503' ? error.constraint_name : undefined
}
