export { seedDemo } from './seed-demo.ts'
export { seedEmpty } from './seed-empty.ts'
export { DEMO_LOGINS, DEMO_PASSWORD } from './staff.ts'
