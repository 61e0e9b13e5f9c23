import { startSipServer } from '@ringdown/sip'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { connectSip } from '../../gateway/src/sip/connect.ts'
import { until } from './until.ts'

const log = pino({ level: 'silent' })
const listen = ['udp:127.0.0.1:0']

it('connects, and says so when the SIP server does not know the secret', async () => {
  await using server = await startSipServer({ secret: 'right', listen, adminPort: 0, logLevel: 'silent' })
  const { port } = server.admin
  await using connection = await connectSip({ host: '127.0.0.1', port, secret: 'right' }, log)
  expect(connection.connected).toBe(true)
  await expect(connectSip({ host: '127.0.0.1', port, secret: 'wrong' }, log)).rejects.toThrow('DRACHTIO_URL')
})

it('closes while the SIP server is away, and does not try again', async () => {
  const server = await startSipServer({ secret: 'right', listen, adminPort: 0, logLevel: 'silent' })
  const { port } = server.admin
  const connection = await connectSip({ host: '127.0.0.1', port, secret: 'right' }, log)
  await server[Symbol.asyncDispose]()
  await until(async () => !connection.connected, 'the loss')
  await connection[Symbol.asyncDispose]()
  expect(await connection.stands(AbortSignal.timeout(1500))).toBe(false)
})
