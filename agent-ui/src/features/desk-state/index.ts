export { followDesk, readDesk, subscribeDesk, useDesk } from './store.ts'
export { useAct } from './use-act.ts'
export { useBeginShift, wantShift } from './use-begin-shift.ts'
export { type Tone, toneOf, type WorkState, type WorkStateName, workStateOf } from './work-state.ts'
