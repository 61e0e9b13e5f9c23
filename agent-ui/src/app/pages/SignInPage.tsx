import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { useApi } from '../../api/index.ts'
import { wantShift } from '../../features/desk-state/index.ts'
import { SignInForm } from '../../features/session/index.ts'
import { switchLanguage, useLanguage } from '../../i18n/index.ts'
import { Brand } from '../frame/Brand.tsx'
import css from './sign-in.module.css'
import { useTitle } from './use-title.ts'

export default function SignInPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const setup = useApi('readSetup', undefined)
  const from = query.get('from') ?? '/'
  useTitle(t('frame.signIn.title'))
  if (setup.data?.needed) return <Navigate to="/setup" replace />
  return (
    <div className={css.page}>
      <main className={css.card}>
        <div className={css.brand}>
          <Brand size={34} />
          <div>
            <h1>Ringdown</h1>
            <p>{t('frame.signIn.tagline')}</p>
          </div>
          <button type="button" onClick={() => void switchLanguage(language === 'zh' ? 'en' : 'zh')}>
            {language === 'zh' ? 'English' : '中文'}
          </button>
        </div>
        <SignInForm
          demo={setup.data?.demo ?? false}
          onSignedIn={({ role }) => {
            if (role === 'agent') wantShift()
            navigate(from.startsWith('/') && !from.startsWith('//') ? from : '/', { replace: true })
          }}
        />
      </main>
    </div>
  )
}
