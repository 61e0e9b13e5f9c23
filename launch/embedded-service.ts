import type { EmbeddedServer } from '@ringdown/db/embedded'
import { openLogFile } from './log-file.ts'
import { Refusal } from './refusal.ts'
import type { Service } from './service.ts'

/** An embedded database as a service, logging to a file. */
export function embeddedService(
  name: string,
  logFile: string,
  startServer: (onLog: (line: string) => void) => Promise<EmbeddedServer>,
): Service {
  return {
    name,
    async start() {
      const log = openLogFile(logFile)
      const server = await startServer(log.write).catch((error: Error) => {
        log.close()
        throw new Refusal(error.message)
      })
      void server.exited.then(() => log.close())
      return {
        exited: server.exited.then(() => 'its process ended'),
        stop: async () => server[Symbol.asyncDispose](),
        kill: () => process.kill(server.pid, 'SIGKILL'),
      }
    },
  }
}
