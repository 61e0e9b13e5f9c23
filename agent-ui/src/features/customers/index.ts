export { CustomerList } from './CustomerList.tsx'
export { CustomerRecord } from './CustomerRecord.tsx'
