export { DueTime } from './DueTime.tsx'
export { TicketLines } from './TicketLines.tsx'
