export { ContactLines } from './ContactLines.tsx'
export { Stars } from './Stars.tsx'
