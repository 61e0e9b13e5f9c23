export * from './board.ts'
export * from './contact.ts'
export * from './customer.ts'
export * from './desk.ts'
