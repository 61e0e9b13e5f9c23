export * from './live-contact.ts'
export * from './outcome.ts'
export * from './phase.ts'
export * from './termination.ts'
