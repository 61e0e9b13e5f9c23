#!/usr/bin/env node
import { readConfig } from './config.ts'
import { type MediaServer, startMediaServer } from './media-server.ts'

/** `ringdown-media`: a media server with settings from RINGDOWN_MEDIA_*, until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const server = await startMediaServer(readConfig(process.env))
  process.once('SIGTERM', () => void stop(server))
  process.once('SIGINT', () => void stop(server))
}

async function stop(server: MediaServer): Promise<void> {
  await server.close()
  process.exit(0)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
