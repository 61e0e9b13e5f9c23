export { DueTime } from './DueTime.tsx'
export { TicketLines } from './TicketLines.tsx'
export { TicketList } from './TicketList.tsx'
export { TicketRecord } from './TicketRecord.tsx'
