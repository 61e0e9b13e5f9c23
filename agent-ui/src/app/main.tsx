import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLanguage } from '../i18n/index.ts'
import { dropOldDrafts } from '../ui/index.ts'
import { App } from './App.tsx'
import './global.css'

dropOldDrafts(Date.now())
await startLanguage()
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
