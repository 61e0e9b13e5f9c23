export { Dispositions } from './Dispositions.tsx'
export { Flows } from './Flows.tsx'
export { Queues } from './Queues.tsx'
export { Users } from './Users.tsx'
