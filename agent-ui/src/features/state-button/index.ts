export { NextStep } from './NextStep.tsx'
export { StateButton } from './StateButton.tsx'
export { StateIcon } from './state-icon.tsx'
