export { type OpenRecording, openRecording } from './open-recording.ts'
export { RecordingKeys } from './recording-keys.ts'
export { wavHeader } from './wav-header.ts'
