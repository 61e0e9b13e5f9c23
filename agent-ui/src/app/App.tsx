import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import { BrowserRouter } from 'react-router'
import { queryClient } from '../api/index.ts'
import { useAppearance } from '../features/session/index.ts'
import { antdLocaleOf, useLanguage } from '../i18n/index.ts'
import { antdThemeOf } from '../theme.ts'
import { Toasts } from '../ui/index.ts'
import { CrashGuard } from './CrashGuard.tsx'
import { Pages } from './Pages.tsx'

export function App() {
  const locale = antdLocaleOf(useLanguage())
  const appearance = useAppearance()
  return (
    <ConfigProvider {...(locale ? { locale } : {})} theme={antdThemeOf(appearance)} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <CrashGuard>
            <Pages />
          </CrashGuard>
          <Toasts />
        </BrowserRouter>
      </QueryClientProvider>
    </ConfigProvider>
  )
}
