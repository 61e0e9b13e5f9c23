export { type ThemeChoice, useAppearance } from './appearance.ts'
export { adopt, savePreferences, signOut, useMe } from './me.ts'
export { SessionGate } from './SessionGate.tsx'
export { SignInForm } from './SignInForm.tsx'
