import type { PlacedMethod } from '../../exchange/place.ts'
import type { Handler } from '../handler.ts'
import { bridgeClose } from './bridge-close.ts'
import { bridgeCreate } from './bridge-create.ts'
import { legAccept } from './leg-accept.ts'
import { legCandidate } from './leg-candidate.ts'
import { legClose } from './leg-close.ts'
import { legCreate } from './leg-create.ts'
import { legDtmf } from './leg-dtmf.ts'
import { legModify } from './leg-modify.ts'
import { legMusic } from './leg-music.ts'
import { legMute } from './leg-mute.ts'
import { legPlay } from './leg-play.ts'
import { legStats } from './leg-stats.ts'
import { legStop } from './leg-stop.ts'
import { legTone } from './leg-tone.ts'
import { mixClose } from './mix-close.ts'
import { mixCreate } from './mix-create.ts'
import { mixJoin } from './mix-join.ts'
import { mixLeave } from './mix-leave.ts'
import { mixRole } from './mix-role.ts'
import { recordingJoin } from './recording-join.ts'
import { recordingLeave } from './recording-leave.ts'
import { recordingPause } from './recording-pause.ts'
import { recordingResume } from './recording-resume.ts'
import { recordingSide } from './recording-side.ts'
import { recordingStart } from './recording-start.ts'
import { recordingStop } from './recording-stop.ts'

/** `hello` and `server.stats` are answered by the connection itself; a method without a handler does not compile. */
export const handlers: { [M in PlacedMethod]: Handler<M> } = {
  'bridge.close': bridgeClose,
  'bridge.create': bridgeCreate,
  'leg.accept': legAccept,
  'leg.candidate': legCandidate,
  'leg.close': legClose,
  'leg.create': legCreate,
  'leg.dtmf': legDtmf,
  'leg.modify': legModify,
  'leg.music': legMusic,
  'leg.mute': legMute,
  'leg.play': legPlay,
  'leg.stats': legStats,
  'leg.stop': legStop,
  'leg.tone': legTone,
  'mix.close': mixClose,
  'mix.create': mixCreate,
  'mix.join': mixJoin,
  'mix.leave': mixLeave,
  'mix.role': mixRole,
  'recording.join': recordingJoin,
  'recording.leave': recordingLeave,
  'recording.pause': recordingPause,
  'recording.resume': recordingResume,
  'recording.side': recordingSide,
  'recording.start': recordingStart,
  'recording.stop': recordingStop,
}
