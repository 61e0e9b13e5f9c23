export * from './test-records.ts'
export * from './test-redis.ts'
