import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']

/** An authority of a test's own, in a folder that goes with it. Needs openssl. */
export class TestAuthority implements AsyncDisposable {
  /** PEM file of its certificate. */
  readonly file: string
  private readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
    this.file = join(folder, 'authority.pem')
  }

  static async create(): Promise<TestAuthority> {
    const authority = new TestAuthority(await mkdtemp(join(tmpdir(), 'ringdown-authority-')))
    const keyFile = join(authority.folder, 'authority.key')
    await run('openssl', ['req', '-x509', ...key, '-subj', '/CN=Tests', '-keyout', keyFile, '-out', authority.file])
    return authority
  }

  pem(): Promise<Buffer> {
    return readFile(this.file)
  }

  /** One PEM file with a certificate for these names (`DNS:a.example,IP:127.0.0.1`) and its key; replaces `file`. */
  async issue(names: string, file = join(this.folder, `${names.replace(/\W+/g, '-')}.pem`)): Promise<string> {
    const [keyFile, certificate] = [`${file}.key`, `${file}.crt`]
    await run('openssl', [
      ...['req', '-x509', ...key, '-subj', '/CN=test', '-keyout', keyFile, '-out', certificate],
      ...['-CA', this.file, '-CAkey', join(this.folder, 'authority.key'), '-addext', `subjectAltName=${names}`],
    ])
    await writeFile(file, Buffer.concat([await readFile(certificate), await readFile(keyFile)]))
    return file
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}
