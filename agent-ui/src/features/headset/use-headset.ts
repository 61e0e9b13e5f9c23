import { useEffect, useSyncExternalStore } from 'react'
import { useDesk } from '../desk-state/index.ts'
import { muteMicrophone, readHeadset, startHeadset, stopHeadset, subscribeHeadset } from './headset.ts'
import type { HeadsetState } from './headset-state.ts'

export const useHeadset = (): HeadsetState => useSyncExternalStore(subscribeHeadset, readHeadset)

/** Keeps the headset as the desk wants it: on during a browser shift, silent while muted. Once per page. */
export function useHeadsetFollowsDesk(): void {
  const { view } = useDesk()
  const on = view === null ? null : view.agent?.session != null && view.agent.device.kind === 'webrtc'
  const muted = view?.call?.muted ?? false
  useEffect(() => {
    if (on === null) return
    if (on) startHeadset()
    else stopHeadset()
  }, [on])
  useEffect(() => muteMicrophone(muted), [muted])
  useEffect(() => stopHeadset, [])
}
