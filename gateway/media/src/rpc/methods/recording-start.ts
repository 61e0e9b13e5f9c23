import type { Party } from '../../legs/party.ts'
import { MediaError } from '../../protocol/errors.ts'
import { Recording } from '../../recording/recording.ts'
import { sealingKey } from '../../recording/recording-key.ts'
import { recordingPath } from '../../recording/recording-path.ts'
import type { Handler, ParsedParams, PlaceContext } from '../handler.ts'

/** Starts recording what two legs send in. */
export const recordingStart: Handler<'recording.start'> = async (params, context, owner) => {
  const { config, switchboard, log } = context
  const emit = context.emitTo(owner)
  const { customer, agent } = sides(params, context)
  const path = await recordingPath(config.recordingDir, params.path)
  const recording = await Recording.start({
    path,
    bufferBytes: config.recordingBufferBytes,
    masterKey: config.recordingKey === undefined ? undefined : sealingKey(config.recordingKey),
    owner,
    onProblem: (problem) => {
      log.error({ ...problem, path }, 'a recording failed')
      emit('recording.failed', problem)
    },
  })
  switchboard.addRecording(recording)
  recording.side('customer', present(customer))
  recording.side('agent', present(agent))
  return { recordingId: recording.id, path }
}

/** A leg may have ended while the file was made. */
function present(leg: Party | null): Party | null {
  return leg?.closed ? null : leg
}

function sides(params: ParsedParams<'recording.start'>, { switchboard }: PlaceContext) {
  if (params.bridgeId !== undefined) {
    const [customer = null, agent = null] = switchboard.mix(params.bridgeId, 'bridgeId').parties
    return { customer, agent }
  }
  const { customer, agent } = params
  if (customer === undefined && agent === undefined) {
    throw new MediaError('invalid_params', 'name a bridge, or a customer or agent leg', 'bridgeId')
  }
  return {
    customer: customer === undefined ? null : switchboard.party(customer, 'customer'),
    agent: agent === undefined ? null : switchboard.party(agent, 'agent'),
  }
}
