export { SetupForm } from './SetupForm.tsx'
