export { HeadsetMeter } from './HeadsetMeter.tsx'
export { startHeadset } from './headset.ts'
export { useDeviceNews } from './use-device-news.ts'
export { useHeadset, useHeadsetFollowsDesk } from './use-headset.ts'
