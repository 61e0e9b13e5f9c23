export { MediaError } from '../protocol/errors.ts'
export { connectMedia } from './connect-media.ts'
export type { ClientEvents, ConnectOptions, MediaClient } from './media-client.ts'
