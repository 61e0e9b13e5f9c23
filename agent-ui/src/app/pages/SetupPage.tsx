import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate } from 'react-router'
import { outdate, useApi } from '../../api/index.ts'
import { adopt } from '../../features/session/index.ts'
import { SetupForm } from '../../features/setup/index.ts'
import { Lines, LoadFailed } from '../../ui/index.ts'
import { Brand } from '../frame/Brand.tsx'
import css from './sign-in.module.css'
import { useTitle } from './use-title.ts'

export default function SetupPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const setup = useApi('readSetup', undefined)
  useTitle(t('settings.setup.title'))
  if (setup.data && !setup.data.needed) return <Navigate to="/sign-in" replace />
  return (
    <div className={css.page}>
      <main className={`${css.card} ${css.wide}`}>
        <div className={css.brand}>
          <Brand size={34} />
          <div>
            <h1>{t('settings.setup.title')}</h1>
            <p>Ringdown</p>
          </div>
        </div>
        {setup.isError ? (
          <LoadFailed error={setup.error} retry={() => void setup.refetch()} />
        ) : !setup.data ? (
          <Lines count={6} />
        ) : (
          <SetupForm
            onDone={(me) =>
              void adopt(me).then(() => {
                navigate('/settings/users')
                return outdate('readSetup')
              })
            }
          />
        )}
      </main>
    </div>
  )
}
