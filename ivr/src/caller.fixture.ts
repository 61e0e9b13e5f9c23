import type { IvrCommand } from './commands.ts'
import { begin, step } from './engine.ts'
import type { Flow } from './flow.ts'
import type { IvrInput, QueueLeft } from './input.ts'
import type { Facts, IvrState } from './state.ts'

type Of<T extends IvrCommand['type']> = Extract<IvrCommand, { type: T }>

/** A caller in a test: presses keys, listens, and remembers all that the engine wanted done. */
export class Caller {
  state: IvrState
  readonly commands: IvrCommand[] = []
  readonly #flow: Flow
  #at = Date.UTC(2026, 0, 5, 2)

  constructor(flow: Flow, entry: 'start' | 'afterCall' = 'start', known: Partial<Facts> = {}) {
    this.#flow = flow
    const facts: Facts = {
      language: flow.language,
      number: '+8613900138000',
      match: 'none',
      grade: null,
      code: null,
      collected: null,
      chosen: {},
      asked: {},
      ...known,
    }
    const { state, commands } = begin(flow, entry, facts, this.#at)
    this.state = state
    this.commands.push(...commands)
  }

  /** Lets announcements that take no keys pass, then presses. */
  presses(keys: string): this {
    for (let hops = 0; hops < 5 && this.#announced(); hops += 1) this.listens()
    for (const digit of keys) this.press(digit)
    return this
  }

  press(digit: string): this {
    return this.#input({ type: 'digit', digit, at: this.#at })
  }

  /** Hears the prompt out, or lets the wait run out. */
  listens(): this {
    const token = this.#awaited()
    const pending = this.commands.findLast((c) => 'token' in c && c.token === token)
    if (pending?.type === 'play') return this.#input({ type: 'play_ended', token, at: this.#at })
    if (pending?.type === 'wait') return this.#input({ type: 'deadline', token, at: this.#at })
    return this
  }

  isFound(found: 'none' | 'one' | 'many' | 'failed', grade: string | null = null): this {
    return this.#input({ type: 'looked_up', token: this.#awaited(), found, grade, at: this.#at })
  }

  leavesQueue(left: QueueLeft): this {
    return this.#input({ type: 'queue_left', token: this.#awaited(), left, at: this.#at })
  }

  /** The sentences of the last prompt. */
  hears(): string[] {
    return this.last('play')?.prompts.map((part) => ('key' in part ? part.key : String(part.number))) ?? []
  }

  all<T extends IvrCommand['type']>(type: T): Of<T>[] {
    return this.commands.filter((c): c is Of<T> => c.type === type)
  }

  last<T extends IvrCommand['type']>(type: T): Of<T> | undefined {
    return this.all(type).at(-1)
  }

  path(): string[] {
    return this.all('record_step').map(({ step: { label, keyed } }) => `${label.zh} ${keyed}`)
  }

  facts(): Facts {
    return this.state.facts
  }

  #announced(): boolean {
    return this.state.state === 'running' && this.#flow.nodes[this.state.node]?.type === 'play'
  }

  #awaited(): number {
    return this.state.state === 'running' ? (this.state.awaiting ?? 0) : 0
  }

  #input(input: IvrInput): this {
    this.#at += 1000
    const { state, commands } = step(this.#flow, this.state, input)
    this.state = state
    this.commands.push(...commands)
    return this
  }
}
