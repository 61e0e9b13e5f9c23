import { Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { isRefusal, onSignedOut, useApi } from '../../api/index.ts'
import { onConnectionRefused, useServerEvent } from '../../realtime/index.ts'
import { failureText, toast } from '../../ui/index.ts'
import { adopt, forget, MeContext } from './me.ts'
import css from './session.module.css'

/** Shows its pages to somebody signed in; others go to the sign-in page and come back to where they were. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const me = useApi('me', undefined, { staleTime: Number.POSITIVE_INFINITY })
  const [adopted, setAdopted] = useState(false)
  const here = pathname + search

  useEffect(() => {
    if (me.data && !adopted) void adopt(me.data).then(() => setAdopted(true))
  }, [me.data, adopted])
  useEffect(() => {
    const leave = () => {
      forget()
      navigate(`/sign-in?from=${encodeURIComponent(here)}`, { replace: true })
    }
    const stops = [onSignedOut(leave), onConnectionRefused(leave)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [navigate, here])
  useServerEvent('session:ended', ({ reason }) => {
    forget()
    toast('error', t(`frame.connection.ended.${reason}`))
    navigate(`/sign-in?from=${encodeURIComponent(here)}`, { replace: true })
  })

  if (me.data && adopted) return <MeContext value={me.data}>{children}</MeContext>
  if (isRefusal(me.error) && me.error.status === 401)
    return <Navigate to={`/sign-in?from=${encodeURIComponent(here)}`} replace />
  if (me.error)
    return (
      <div className={css.alone} role="alert">
        <p>{failureText(t, me.error)}</p>
        <Button onClick={() => void me.refetch()}>{t('frame.say.retry')}</Button>
      </div>
    )
  return <div className={css.alone} aria-busy="true" />
}
