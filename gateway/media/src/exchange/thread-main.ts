import { type MessagePort, workerData } from 'node:worker_threads'
import { pino } from 'pino'
import { fromProcessClock } from '../clock.ts'
import type { MediaConfig } from '../config.ts'
import type { Emit } from '../protocol/events.ts'
import { PortRpc } from '../trunk/port-rpc.ts'
import { LocalPlace } from './local-place.ts'
import type { PlaceRequest, TrunkGiven } from './place.ts'
import type { MainDeeds, ThreadDeeds } from './thread-deeds.ts'

/** What a thread is started with. */
export type ThreadData = {
  number: number
  config: MediaConfig
  promptCacheBytes: number
  /** On the process's clock. */
  originAt: number
  port: MessagePort
}

const { number, config, promptCacheBytes, originAt, port } = workerData as ThreadData

/** One thread of calls: a place that the main thread asks, and that tells it what happens. */
const main = new PortRpc<MainDeeds>(port, deeds(), () => process.exit())
const place = new LocalPlace({
  number,
  config,
  promptCacheBytes,
  originAt: fromProcessClock(originAt),
  log: pino({ name: 'ringdown-media', level: config.logLevel, base: { thread: number } }),
  roll: {
    add: (thing, id, owner) => main.tell('rollAdd', { thing, id, owner }),
    remove: (thing, id) => main.tell('rollRemove', { thing, id }),
  },
  ports: {
    take: () => main.ask('takePort', undefined),
    release: (taken) => main.tell('releasePort', taken),
  },
  emitTo:
    (owner): Emit =>
    (event, data) =>
      main.tell('event', { owner, event, data }),
})

function deeds(): ThreadDeeds {
  return {
    perform: (request: PlaceRequest) => place.perform(request),
    connect: (trunk: TrunkGiven) => place.connect(trunk),
    closeOwned: (owner: string) => place.closeOwned(owner),
    figures: () => place.figures(),
    close: () => place.close(),
    beat: () => {},
  }
}
