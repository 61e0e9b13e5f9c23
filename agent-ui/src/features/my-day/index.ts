export { MyDay } from './MyDay.tsx'
export { MyRecent, MyTickets } from './MyLists.tsx'
