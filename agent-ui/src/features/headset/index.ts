export { HeadsetMeter } from './HeadsetMeter.tsx'
export { startHeadset } from './headset.ts'
export { useHeadset, useHeadsetFollowsDesk } from './use-headset.ts'
