export { MediaConfig, type MediaSettings, readConfig } from './config.ts'
export { type MediaServer, startMediaServer } from './media-server.ts'
