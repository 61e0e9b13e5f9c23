export * from './customer.ts'
export * from './match-caller.ts'
