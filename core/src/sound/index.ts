export * from './read-wav.ts'
