export * from './find-trunk.ts'
export * from './prefix.ts'
export * from './registration.ts'
export * from './trunk.ts'
