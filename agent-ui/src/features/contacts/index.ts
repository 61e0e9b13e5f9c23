export { ContactLines } from './ContactLines.tsx'
export { ContactList } from './ContactList.tsx'
export { Stars } from './Stars.tsx'
