import { randomUUID } from 'node:crypto'
import { BusMessage } from '@ringdown/core/events'
import { err, type Result } from '@ringdown/core/kernel'
import { redisKeys } from '@ringdown/db/redis'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Refusal } from '../commands/handlers.ts'
import type { Bus } from './bus.ts'
import { Answer, Ask } from './wire.ts'

export type RedisBusOptions = {
  /** Publishes; a second connection like it is opened to listen. */
  redis: Redis
  prefix?: string
  gatewayId: string
  /** How long an asked gateway may take. */
  askMs?: number
  log: Logger
}

type Run = Parameters<Bus['serve']>[0]
type Waiting = { resolve: (result: Result<unknown, Refusal>) => void; timer: NodeJS.Timeout }

/**
 * The bus over Redis publish/subscribe. One connection publishes and one listens, so every gateway hears the messages of
 * another in the order of publishing. What is said while a gateway is cut off is lost to it: views are composed from the
 * stores, never from messages alone.
 */
export async function openRedisBus(options: RedisBusOptions): Promise<Bus & AsyncDisposable> {
  const { redis, gatewayId, askMs = 5_000, log } = options
  const keys = redisKeys(options.prefix)
  const listeners = new Set<(message: BusMessage) => void>()
  const waiting = new Map<string, Waiting>()
  let run: Run | undefined

  const ears = redis.duplicate()
  ears.on('error', (error) => log.warn({ err: error }, 'the bus lost Redis'))
  ears.on('message', (channel, text) => {
    try {
      const data: unknown = JSON.parse(text)
      if (channel === keys.facts) hear(BusMessage.parse(data))
      else if (channel === keys.answers(gatewayId)) settle(Answer.parse(data))
      else void answer(Ask.parse(data))
    } catch (error) {
      log.error({ err: error, channel }, 'a message on the bus is not one of ours')
    }
  })
  await ears.subscribe(keys.facts, keys.asks(gatewayId), keys.answers(gatewayId))

  function hear(message: BusMessage): void {
    for (const listener of listeners) {
      try {
        listener(message)
      } catch (error) {
        log.error({ err: error, kind: message.kind }, 'a listener of the bus failed')
      }
    }
  }

  async function answer({ askId, from, command, actor, input }: Ask): Promise<void> {
    const result = await runHere(command, actor, input)
    await redis.publish(keys.answers(from), JSON.stringify({ askId, result }))
  }

  async function runHere(...[command, actor, input]: Parameters<Run>): ReturnType<Run> {
    if (!run) return err({ code: 'gateway_lost', message: 'That gateway is starting; try again.' })
    try {
      return await run(command, actor, input)
    } catch (error) {
      log.error({ err: error, command }, 'an asked command failed')
      return err({ code: 'internal', message: 'The command failed on the gateway that holds the call.' })
    }
  }

  function settle({ askId, result }: Answer): void {
    const asked = waiting.get(askId)
    if (!asked) return
    waiting.delete(askId)
    clearTimeout(asked.timer)
    asked.resolve(result)
  }

  const lost = err({ code: 'gateway_lost', message: 'The gateway that holds this call does not answer.' })

  async function askOther(to: string, ask: Omit<Ask, 'askId' | 'from'>): Promise<Result<unknown, Refusal>> {
    const askId = randomUUID()
    const answered = new Promise<Result<unknown, Refusal>>((resolve) => {
      const timer = setTimeout(() => settle({ askId, result: lost }), askMs)
      waiting.set(askId, { resolve, timer })
    })
    const heardBy = await redis.publish(keys.asks(to), JSON.stringify({ askId, from: gatewayId, ...ask }))
    if (heardBy === 0) settle({ askId, result: lost })
    return answered
  }

  return {
    async publish(message) {
      await redis.publish(keys.facts, JSON.stringify(message))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ask: ((to, command, actor, input) =>
      to === gatewayId
        ? runHere(command, actor, input)
        : askOther(to, {
            command,
            actor: { userId: actor.userId, name: actor.name, role: actor.role },
            input,
          })) as Bus['ask'],
    serve(answerer) {
      run = answerer
    },
    async [Symbol.asyncDispose]() {
      for (const askId of [...waiting.keys()]) settle({ askId, result: lost })
      await ears.quit()
    },
  }
}
