import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { IncomingRequest } from '../core/incoming-request.ts'
import { asBytes } from '../wire/message-bytes.ts'
import { Decision } from './decision.ts'
import { handlerQuery } from './handler-query.ts'
import type { RequestHandler } from './request-handlers.ts'

const longestAnswer = 64 * 1024
const mostRedirects = 5

export type AskOptions = { readonly timeoutMs: number; readonly verify: boolean }

/** Asks an HTTP service what to do with a request. Rejects when it does not answer in time, or with anything else. */
export async function askHandler(
  incoming: IncomingRequest,
  { method, url }: Extract<RequestHandler, { kind: 'http' }>,
  { timeoutMs, verify }: AskOptions,
): Promise<Decision> {
  const signal = AbortSignal.timeout(timeoutMs)
  const body = method === 'POST' ? asBytes(incoming.request) : undefined
  let at = new URL(url)
  for (const [name, value] of handlerQuery(incoming)) at.searchParams.append(name, value)
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await send(at, method, body, signal, verify)
    const status = response.statusCode ?? 0
    const { location } = response.headers
    if (status >= 300 && status < 400 && location !== undefined) {
      response.resume()
      at = new URL(location, at)
      continue
    }
    const text = await read(response)
    if (status !== 200) throw new Error(`the handler answered ${status}`)
    return Decision.parse(JSON.parse(text))
  }
  throw new Error('the handler redirects for ever')
}

function send(at: URL, method: string, body: Buffer | undefined, signal: AbortSignal, verify: boolean) {
  const headers = body && { 'Content-Type': 'text/plain; charset=UTF-8', 'Content-Length': String(body.length) }
  const options = { method, signal, headers: { Accept: 'application/json', ...headers } }
  return new Promise<IncomingMessage>((resolve, reject) => {
    const sent: ClientRequest =
      at.protocol === 'https:'
        ? requestHttps(at, { ...options, rejectUnauthorized: verify }, resolve)
        : requestHttp(at, options, resolve)
    sent.once('error', reject)
    sent.end(body)
  })
}

async function read(response: IncomingMessage): Promise<string> {
  let text = ''
  response.setEncoding('utf8')
  for await (const chunk of response) {
    text += chunk
    if (text.length > longestAnswer) throw new Error(`the handler's answer is longer than ${longestAnswer} bytes`)
  }
  return text
}
