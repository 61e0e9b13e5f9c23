import type { Handler } from '../handler.ts'

/** Lets a leg hear a shared stream, until `leg.stop` or a bridge. */
export const legMusic: Handler<'leg.music'> = async ({ legId, stream }, { music, switchboard }) => {
  switchboard.leg(legId)
  const source = await music.stream(stream, 'stream')
  return { playId: switchboard.leg(legId).play(source, false) }
}
