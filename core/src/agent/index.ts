export * from './agent.ts'
export * from './ports.ts'
