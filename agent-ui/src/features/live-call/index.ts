export { LiveCall } from './LiveCall.tsx'
