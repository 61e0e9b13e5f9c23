export { CodecName } from '../codec/names.ts'
export { ErrorCode, errorCodes, MediaError } from './errors.ts'
export { type Emit, type EventData, type EventName, events } from './events.ts'
export {
  Cadence,
  LegStats,
  Mark,
  type MethodName,
  type MethodParams,
  type MethodResult,
  MixRole,
  methods,
  Tone,
} from './methods.ts'
export { MAX_LINE_BYTES, Message, PROTOCOL_VERSION, Request, WireError } from './wire.ts'
