import { mkdir, realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { MediaError } from '../protocol/errors.ts'

/**
 * The absolute path a recording may be written to; makes its folders. Throws MediaError `path_refused` when it leads
 * out of the recording folder, by `..` or by a symbolic link, and `recording_unwritable`.
 * @param path absolute, or relative to the recording folder
 */
export async function recordingPath(dir: string, path: string): Promise<string> {
  const root = resolve(dir)
  const target = resolve(root, path)
  if (path.includes('\0') || !target.startsWith(root + sep)) throw refused(path)
  await mkdir(dirname(target), { recursive: true }).catch((error: Error) => {
    throw new MediaError('recording_unwritable', `${path}: ${error.message}`, 'path')
  })
  const [realRoot, realParent] = await Promise.all([realpath(root), realpath(dirname(target))])
  if (realParent !== realRoot && !realParent.startsWith(realRoot + sep)) throw refused(path)
  return join(realParent, basename(target))
}

function refused(path: string): MediaError {
  return new MediaError('path_refused', `${path} is not below the recording folder`, 'path')
}
