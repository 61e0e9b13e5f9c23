import type { Leg, LegSetting } from '../../legs/leg.ts'
import { RtpLeg } from '../../legs/rtp-leg.ts'
import { UdpPair } from '../../rtp/udp-pair.ts'
import type { Handler, ParsedParams, PlaceContext } from '../handler.ts'

/** Makes a leg: with an offer its SDP is the answer, without one our offer. */
export const legCreate: Handler<'leg.create'> = async (params, context, owner) => {
  const { config } = context
  const setting: LegSetting = {
    owner,
    emit: context.emitTo(owner),
    timeoutMs: params.kind === 'rtp' ? config.rtpTimeoutMs : config.webrtcTimeoutMs,
    alarmAfterMs: config.alarmAfterMs,
    levels: params.levels ?? false,
    inbandKeys: params.kind === 'rtp' && (params.inbandKeys ?? false),
  }
  if (params.kind === 'rtp') return createRtp(params, setting, context)
  // libdatachannel can be loaded by one thread of a process only: the one that has the WebRTC legs.
  const { WebrtcLeg } = await import('../../legs/webrtc-leg.ts')
  const { iceAddress, icePorts, publicAddress } = config
  const codecs = params.codecs ?? config.codecs
  const given = { ...setting, iceAddress, icePorts, publicAddress, codecs }
  const { leg, sdp } = await WebrtcLeg.answer(params.offer, given)
  return enlist(leg, sdp, context)
}

async function createRtp(
  params: ParsedParams<'leg.create'> & { kind: 'rtp' },
  setting: LegSetting,
  context: PlaceContext,
) {
  const { config, ports } = context
  const sockets = await UdpPair.open(config.host, ports)
  const leg = new RtpLeg({
    ...setting,
    sockets,
    publicAddress: config.publicAddress ?? config.host,
    latchSilenceMs: config.latchSilenceMs,
    codecs: params.codecs ?? config.codecs,
    hold: params.hold ?? false,
    srtp: params.srtp ?? false,
  })
  try {
    const sdp = params.offer === undefined ? leg.offer(undefined) : leg.answer(params.offer, undefined)
    return enlist(leg, sdp, context)
  } catch (error) {
    sockets.close()
    throw error
  }
}

function enlist(leg: Leg, sdp: string, { switchboard }: PlaceContext) {
  switchboard.addLeg(leg)
  return { legId: leg.id, sdp }
}
