import type { OperationName, OperationOutput, OperationRequest } from '@ringdown/core/contract'
import { Refusal } from './refusal.ts'
import { routes } from './routes.evaluated.ts'
import { urlOf } from './url.ts'

type Request = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }
/** The request may be left out where an operation asks for nothing. */
export type RequestOf<K extends OperationName> =
  Record<string, never> extends OperationRequest<K> ? [request?: OperationRequest<K>] : [request: OperationRequest<K>]

let csrfToken: string | null = null
const signedOutListeners = new Set<() => void>()

/** The token of `Me`, sent with every request that changes something. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token
}

/** Called when the server no longer knows the session. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

/**
 * One REST call, typed by the contract.
 * @throws Refusal with the server's code, sentence and field; code `offline` when the server cannot be reached.
 */
export async function api<K extends OperationName>(name: K, ...[request]: RequestOf<K>): Promise<OperationOutput<K>> {
  const { method, path } = routes[name]
  const { params, query, body } = (request ?? {}) as Request
  const given = body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' }
  return (await send(urlOf(path, params, query), method, { ...given, quiet: name === 'me' })) as OperationOutput<K>
}

/** Puts a file to an address of the API that takes one. @throws Refusal as `api` does */
export async function upload(path: string, params: Record<string, unknown>, file: Blob, type: string): Promise<void> {
  await send(urlOf(path, params), 'put', { body: file, type })
}

async function send(
  url: string,
  method: string,
  { body, type, quiet }: { body?: BodyInit; type?: string; quiet?: boolean },
): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (type) headers['content-type'] = type
  if (method !== 'get' && csrfToken) headers['x-csrf-token'] = csrfToken
  const response = await fetch(url, {
    method: method.toUpperCase(),
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body }),
  }).catch(() => {
    throw new Refusal('offline', 'The server cannot be reached')
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer
  const refusal = refusalOf(response.status, answer)
  if (refusal.code === 'not_signed_in' && !quiet) for (const listener of signedOutListeners) listener()
  throw refusal
}

function refusalOf(status: number, answer: unknown): Refusal {
  const error = (answer as { error?: { code?: unknown; message?: unknown; field?: unknown } } | null)?.error
  const code = typeof error?.code === 'string' ? error.code : `http_${status}`
  const message = typeof error?.message === 'string' ? error.message : `HTTP ${status}`
  const field = typeof error?.field === 'string' ? error.field.replace(/^body\./, '') : undefined
  return new Refusal(code, message, { status, field })
}
