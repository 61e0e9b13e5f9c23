export { CallDock } from './CallDock.tsx'
