export { CallRecord } from './CallRecord.tsx'
