import { useSyncExternalStore } from 'react'
import { type AudioChoice, readAudioChoice, subscribeAudioChoice } from './audio-choice.ts'

export { type AudioChoice, chooseAudio, readAudioChoice, subscribeAudioChoice } from './audio-choice.ts'
export const useAudioChoice = (): AudioChoice => useSyncExternalStore(subscribeAudioChoice, readAudioChoice)
