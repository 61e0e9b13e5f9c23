import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  type ConnectionOptions,
  createSecureContext,
  type SecureContext,
  type SecureContextOptions,
  type Server,
  type TlsOptions,
} from 'node:tls'

/** Paths of PEM files, and what is asked of others. */
export type CertificateSettings = {
  /** The first one is shown to clients that name no server, or an unknown one. */
  readonly certificates: readonly string[]
  /** In the same order; empty when the keys stand in the files of the certificates. */
  readonly keys: readonly string[]
  /** Authorities to trust instead of the well-known ones. */
  readonly authorities: string | undefined
  /** Clients have to show a certificate of these authorities. */
  readonly mutual: boolean
  /** Certificates of servers we connect to are checked. */
  readonly verify: boolean
}

type Identity = {
  readonly options: SecureContextOptions
  readonly context: SecureContext
  readonly names: readonly string[]
  /** ms since the epoch. */
  readonly expiresAt: number
}

/**
 * Our keys and certificates. They can be read again while connections are open: those keep what they began with, new
 * ones get the new certificate.
 */
export class Certificates {
  private readonly settings: CertificateSettings
  private readonly servers: Server[] = []
  private identities: readonly [Identity, ...Identity[]]
  private authorities: Buffer | undefined

  private constructor(settings: CertificateSettings, identities: readonly Identity[], authorities: Buffer | undefined) {
    this.settings = settings
    this.identities = atLeastOne(identities)
    this.authorities = authorities
  }

  /** Rejects with the name of a file that can not be read or holds no fitting key. */
  static async load(settings: CertificateSettings): Promise<Certificates> {
    const { identities, authorities } = await read(settings)
    return new Certificates(settings, identities, authorities)
  }

  /** Reads the files again. When one is wrong, rejects and leaves everything as it was. */
  async reload(): Promise<void> {
    const { identities, authorities } = await read(this.settings)
    this.identities = atLeastOne(identities)
    this.authorities = authorities
    for (const server of this.servers) server.setSecureContext(this.identities[0].options)
  }

  /** A server that gets the new certificates when they are read again. */
  follow(server: Server): void {
    this.servers.push(server)
  }

  get serverOptions(): TlsOptions {
    return {
      ...this.identities[0].options,
      requestCert: this.settings.mutual,
      rejectUnauthorized: this.settings.mutual,
      SNICallback: (name, use) => use(null, this.contextFor(name)),
    }
  }

  /** For connections of ours; our certificate is shown to servers that ask for one. */
  get clientOptions(): ConnectionOptions {
    return {
      ...this.identities[0].options,
      ...(this.authorities ? { ca: this.authorities } : {}),
      rejectUnauthorized: this.settings.verify,
    }
  }

  /** When each certificate expires, in ms since the epoch, by its first name. */
  get expiries(): { readonly name: string; readonly expiresAt: number }[] {
    return this.identities.map(({ names, expiresAt }) => ({ name: names[0] ?? '', expiresAt }))
  }

  private contextFor(name: string): SecureContext {
    const lower = name.toLowerCase()
    const wildcard = `*.${lower.slice(lower.indexOf('.') + 1)}`
    const named = (wanted: string) => this.identities.find(({ names }) => names.includes(wanted))
    return (named(lower) ?? named(wildcard) ?? this.identities[0]).context
  }
}

async function read(
  settings: CertificateSettings,
): Promise<{ identities: Identity[]; authorities: Buffer | undefined }> {
  const authorities = settings.authorities === undefined ? undefined : await readFile(settings.authorities)
  const identities = settings.certificates.map((file, index) => identify(file, settings.keys[index], authorities))
  return { identities: await Promise.all(identities), authorities }
}

async function identify(file: string, keyFile: string | undefined, ca: Buffer | undefined): Promise<Identity> {
  const cert = await readFile(file)
  const key = keyFile === undefined ? cert : await readFile(keyFile)
  const options: SecureContextOptions = { cert, key, minVersion: 'TLSv1.2', ...(ca ? { ca } : {}) }
  try {
    const context = createSecureContext(options)
    const { subjectAltName = '', validTo } = new X509Certificate(cert)
    const names = [...subjectAltName.matchAll(/DNS:([^,\s]+)/g)].map(([, name = '']) => name.toLowerCase())
    return { options, context, names, expiresAt: Date.parse(validTo) }
  } catch (error) {
    throw new Error(`${file} with its key is no certificate to use: ${(error as Error).message}`, { cause: error })
  }
}

function atLeastOne(identities: readonly Identity[]): readonly [Identity, ...Identity[]] {
  const [first, ...others] = identities
  if (!first) throw new Error('no certificate is set')
  return [first, ...others]
}
