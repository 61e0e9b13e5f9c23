export * from './draft-from-contact.ts'
export * from './ticket.ts'
