import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, it } from 'vitest'
import { createAddressOf } from './address-of.ts'

it.each([
  ['nobody', undefined, '203.0.113.7', '127.0.0.1'],
  ['this machine', 'loopback', undefined, '127.0.0.1'],
  ['this machine', 'loopback', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  ['this machine', 'loopback', '203.0.113.7, 127.0.0.1', '203.0.113.7'],
])('trusts %s, as express does (%s, %s)', async (_, trusted, forwarded, expected) => {
  const app = express()
  if (trusted) app.set('trust proxy', trusted)
  const addressOf = createAddressOf(app)
  app.get('/', (req, res) => void res.json([addressOf(req), req.ip]))
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const headers: Record<string, string> = forwarded ? { 'x-forwarded-for': forwarded } : {}
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers })
  expect(await answer.json()).toEqual([expected, expected])
  server.closeAllConnections()
  server.close()
})
