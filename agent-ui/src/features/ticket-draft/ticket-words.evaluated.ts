import { TicketCategory, TicketPriority } from '@ringdown/core/ticket'

export const categories = [...TicketCategory.options]
export const priorities = [...TicketPriority.options]
