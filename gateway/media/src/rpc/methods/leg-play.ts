import { SAMPLE_RATE } from '../../codec/g711.ts'
import { PlayList } from '../../sources/play-list.ts'
import type { Handler } from '../handler.ts'

/** Plays files to a leg, one after the other without a gap. */
export const legPlay: Handler<'leg.play'> = async (params, { prompts, switchboard }) => {
  switchboard.leg(params.legId)
  const files = await Promise.all(params.files.map((file, i) => prompts.load(file, `files.${i}`)))
  const leg = switchboard.leg(params.legId)
  const samples = files.reduce((sum, file) => sum + file.length, 0)
  const playId = leg.play(new PlayList(files, params.loop ?? false), params.interruptible ?? false)
  return { playId, durationMs: Math.round((samples * 1_000) / SAMPLE_RATE) }
}
