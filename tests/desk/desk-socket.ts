import type {
  BoardView,
  ClientToServerEvents,
  CommandInput,
  CommandName,
  CommandOutput,
  DeskView,
  Reply,
  ServerToClientEvents,
} from '@ringdown/core/contract'
import { io, type Socket } from 'socket.io-client'
import type { Api } from './api.ts'
import { until } from './until.ts'

type TypedSocket = Socket<ServerToClientEvents, ClientToServerEvents>

/** A page's socket without the page: keeps the last views the server sent. */
export class DeskSocket implements AsyncDisposable {
  readonly #socket: TypedSocket
  #desk: DeskView | undefined
  #board: BoardView | undefined

  /** Resolves when the server has sent the desk. */
  static async open(api: Api): Promise<DeskSocket> {
    const socket: TypedSocket = io(api.origin, {
      transports: ['websocket'],
      extraHeaders: { cookie: api.cookie },
      forceNew: true,
    })
    const desk = new DeskSocket(socket)
    await desk.shows('any desk', () => true)
    return desk
  }

  private constructor(socket: TypedSocket) {
    this.#socket = socket
    socket.on('desk:changed', (view) => {
      if (view.version >= (this.#desk?.version ?? 0)) this.#desk = view
    })
    socket.on('board:changed', (view) => {
      this.#board = view
    })
  }

  /** Waits until the desk looks so, and returns it. */
  shows(what: string, looks: (desk: DeskView) => boolean, withinMs = 10_000): Promise<DeskView> {
    const seen = () => this.#desk
    return until(`a desk with ${what}`, () => (this.#desk && looks(this.#desk) ? this.#desk : null), { withinMs, seen })
  }

  /** Waits until the board looks so; the first call begins to watch it. */
  async showsBoard(what: string, looks: (board: BoardView) => boolean, withinMs = 10_000): Promise<BoardView> {
    if (!this.#board) this.#socket.emit('board:watch', { watch: true }, () => {})
    const seen = () => this.#board
    const read = () => (this.#board && looks(this.#board) ? this.#board : null)
    return until(`a board with ${what}`, read, { withinMs, seen })
  }

  /** Sends a command. Throws an Error with the refusal's code and words. */
  async command<K extends CommandName>(name: K, input: CommandInput<K>): Promise<CommandOutput<K>> {
    const emit = this.#socket.timeout(5000).emitWithAck.bind(this.#socket) as unknown as (
      name: K,
      input: CommandInput<K>,
    ) => Promise<Reply<CommandOutput<K>>>
    const reply = await emit(name, input)
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`)
    return reply.value
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.disconnect()
  }
}
