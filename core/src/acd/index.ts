export * from './candidate.ts'
export * from './ports.ts'
export * from './queue.ts'
export * from './strategies/index.ts'
