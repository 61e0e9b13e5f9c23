import { connectMedia } from '@ringdown/media/client'
import type { CodecName } from '../../../gateway/media/src/codec/names.ts'
import { BrowserPeer } from '../../../gateway/media/test-kit/browser-peer.ts'

/**
 * A process of its own: `headset-peers.ts <rpc port> <secret> <codec> <count>` connects so many browsers to the media
 * server, lets them talk, prints their legs in one JSON line, and ends when its input does.
 */
const [port = '', secret = '', codec = '', count = ''] = process.argv.slice(2)
const media = await connectMedia({ host: '127.0.0.1', port: Number(port), secret })
const legs: string[] = []
for (let i = 0; i < Number(count); i++) {
  const peer = new BrowserPeer(codec as CodecName)
  const connected = new Promise<void>((resolve) => media.once('leg.connected', () => resolve()))
  const { legId, sdp } = await media.call('leg.create', { kind: 'webrtc', offer: await peer.offer() })
  peer.accept(sdp)
  await connected
  peer.tone(300 + i)
  legs.push(legId)
}
console.log(JSON.stringify({ legs }))
process.stdin.resume()
process.stdin.once('end', () => process.exit(0))
