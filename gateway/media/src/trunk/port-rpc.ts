import type { MessagePort, Transferable } from 'node:worker_threads'
import { type ErrorCode, MediaError } from '../protocol/errors.ts'

/** What one side of a port can be asked. */
export type Deeds<T> = { [V in keyof T]: (given: never) => unknown }
type Given<T extends Deeds<T>, V extends keyof T> = Parameters<T[V]>[0]
type Result<T extends Deeds<T>, V extends keyof T> = Awaited<ReturnType<T[V]>>

type Refusal = { code: ErrorCode; message: string; field: string | undefined }
type Line =
  | { is: 'told'; verb: string; given: unknown }
  | { is: 'asked'; id: number; verb: string; given: unknown }
  | { is: 'answer'; id: number; result: unknown }
  | { is: 'refusal'; id: number; refusal: Refusal }
  | { is: 'fault'; id: number; fault: Error }
type Pending = { resolve(result: unknown): void; reject(error: Error): void }

/** Questions and answers over a MessagePort between two threads, in the order they are posted. */
export class PortRpc<Theirs extends Deeds<Theirs>> {
  readonly #port: MessagePort
  readonly #deeds: Record<string, (given: unknown) => unknown>
  readonly #pending = new Map<number, Pending>()
  #nextId = 1
  #closed = false

  /**
   * @param ours what the other side may ask of us
   * @param onClose is told when the other side is gone; what it was asked is then rejected
   */
  constructor(port: MessagePort, ours: object, onClose: () => void) {
    this.#port = port
    this.#deeds = ours as Record<string, (given: unknown) => unknown>
    port.on('message', (line: Line) => this.#read(line))
    port.on('close', () => {
      this.#closed = true
      for (const { reject } of this.#pending.values()) reject(gone())
      this.#pending.clear()
      onClose()
    })
  }

  /** Rejects with the other side's MediaError, its Error, or an Error when it died before the answer. */
  ask<V extends keyof Theirs & string>(verb: V, given: Given<Theirs, V>): Promise<Result<Theirs, V>> {
    if (this.#closed) return Promise.reject(gone())
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (result: unknown) => void, reject })
      this.#post({ is: 'asked', id, verb, given })
    })
  }

  /** Says something that needs no answer. */
  tell<V extends keyof Theirs & string>(verb: V, given: Given<Theirs, V>, transfer: Transferable[] = []): void {
    this.#post({ is: 'told', verb, given }, transfer)
  }

  close(): void {
    this.#port.close()
  }

  #post(line: Line, transfer: Transferable[] = []): void {
    if (!this.#closed) this.#port.postMessage(line, transfer)
  }

  #read(line: Line): void {
    if (line.is === 'told') this.#deeds[line.verb]!(line.given)
    else if (line.is === 'asked') void this.#answer(line.id, line.verb, line.given)
    else this.#settle(line)
  }

  async #answer(id: number, verb: string, given: unknown): Promise<void> {
    try {
      this.#post({ is: 'answer', id, result: await this.#deeds[verb]!(given) })
    } catch (error) {
      if (error instanceof MediaError) {
        const { code, message, field } = error
        this.#post({ is: 'refusal', id, refusal: { code, message, field } })
      } else this.#post({ is: 'fault', id, fault: error instanceof Error ? error : new Error(String(error)) })
    }
  }

  #settle(line: Exclude<Line, { is: 'told' | 'asked' }>): void {
    const pending = this.#pending.get(line.id)
    this.#pending.delete(line.id)
    if (line.is === 'answer') pending?.resolve(line.result)
    else if (line.is === 'fault') pending?.reject(line.fault)
    else pending?.reject(new MediaError(line.refusal.code, line.refusal.message, line.refusal.field))
  }
}

function gone(): Error {
  return new Error('the thread that was asked died')
}
