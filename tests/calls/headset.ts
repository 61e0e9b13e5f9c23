import { type UserId, unwrap } from '@ringdown/core/kernel'
import type { Actor } from '../../gateway/src/commands/handlers.ts'
import { aUser } from '../factories/index.ts'
import { CallAudio } from '../sip/audio/call-audio.ts'
import { MediaSession } from '../sip/phone/media-session.ts'
import type { Switchboard } from './switchboard.ts'

/** An agent at a page: his headset is a media leg that is always there, and calls are bridged to it. */
export class PageAgent implements AsyncDisposable {
  readonly actor: Actor
  audio!: CallAudio
  legId!: string
  readonly #board: Switchboard

  private constructor(board: Switchboard, actor: Actor) {
    this.#board = board
    this.actor = actor
  }

  static async start(board: Switchboard): Promise<PageAgent> {
    const queues = Object.values(board.queues).map(({ id }) => id)
    const { id: userId, name } = await aUser(board.sql, { queues })
    const agent = new PageAgent(board, { userId, name, role: 'agent' })
    unwrap(await board.routing.agents.signIn(userId, 'webrtc'))
    await agent.connect()
    unwrap(await board.routing.agents.chooseStatus(userId, { status: 'available' }))
    return agent
  }

  get userId(): UserId {
    return this.actor.userId
  }

  /** The page was opened (again): a new leg. */
  async connect(): Promise<void> {
    const { media } = this.#board.foundation
    this.audio = await CallAudio.open('127.0.0.1')
    const session = new MediaSession(this.audio, '127.0.0.1', ['pcmu'])
    const { legId, sdp } = await media.call('leg.create', { kind: 'rtp', offer: session.offer().toString() })
    session.accept(Buffer.from(sdp))
    this.legId = legId
    await this.#board.routing.agents.proveDevice(this.userId, 'webrtc', legId)
  }

  /** The page is gone: it says nothing more, and the media server will notice. */
  async vanish(): Promise<void> {
    await this.audio.close()
    await this.#board.routing.agents.loseDevice(this.userId, this.legId)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.audio.close()
  }
}
