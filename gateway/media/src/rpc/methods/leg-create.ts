import type { Leg, LegSetting } from '../../legs/leg.ts'
import { RtpLeg } from '../../legs/rtp-leg.ts'
import { WebrtcLeg } from '../../legs/webrtc-leg.ts'
import { UdpPair } from '../../rtp/udp-pair.ts'
import type { Handler, MediaContext, ParsedParams } from '../handler.ts'

/** Makes a leg: with an offer its SDP is the answer, without one our offer. */
export const legCreate: Handler<'leg.create'> = async (params, context, owner) => {
  const { config, owners } = context
  const setting: LegSetting = {
    owner,
    emit: owners.emitTo(owner),
    timeoutMs: params.kind === 'rtp' ? config.rtpTimeoutMs : config.webrtcTimeoutMs,
    levels: params.levels ?? false,
  }
  if (params.kind === 'rtp') return createRtp(params, setting, context)
  const { iceAddress, icePorts, publicAddress } = config
  const { leg, sdp } = await WebrtcLeg.answer(params.offer, { ...setting, iceAddress, icePorts, publicAddress })
  return enlist(leg, sdp, context)
}

async function createRtp(
  params: ParsedParams<'leg.create'> & { kind: 'rtp' },
  setting: LegSetting,
  context: MediaContext,
) {
  const { config, ports } = context
  const sockets = await UdpPair.open(config.host, ports)
  const leg = new RtpLeg({
    ...setting,
    sockets,
    publicAddress: config.publicAddress ?? config.host,
    latchSilenceMs: config.latchSilenceMs,
    codecs: params.codecs ?? ['PCMA', 'PCMU'],
    hold: params.hold ?? false,
  })
  try {
    const sdp = params.offer === undefined ? leg.offer(undefined) : leg.answer(params.offer, undefined)
    return enlist(leg, sdp, context)
  } catch (error) {
    sockets.close()
    throw error
  }
}

function enlist(leg: Leg, sdp: string, { switchboard, owners }: MediaContext) {
  switchboard.addLeg(leg)
  if (!owners.has(leg.owner)) switchboard.closeLeg(leg, 'owner_gone')
  return { legId: leg.id, sdp }
}
