import { useEffect } from 'react'
import { useDesk } from './store.ts'
import { useAct } from './use-act.ts'

const WANTED = 'ringdown.begin-shift'

/** An agent who has just signed in comes to work: his shift begins on the browser's headset without another click. */
export const wantShift = (): void => sessionStorage.setItem(WANTED, 'yes')

/** Begins the wanted shift once the desk is known. Once per page. */
export function useBeginShift(): void {
  const act = useAct()
  const { view } = useDesk()
  const known = view !== null
  const working = view?.agent?.session != null
  // biome-ignore lint/correctness/useExhaustiveDependencies: `act` only translates; the desk decides
  useEffect(() => {
    if (!known || sessionStorage.getItem(WANTED) === null) return
    sessionStorage.removeItem(WANTED)
    if (!working) void act('agent:sign-in', { device: 'webrtc' })
  }, [known, working])
}
