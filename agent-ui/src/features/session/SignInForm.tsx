import type { Me } from '@ringdown/core/contract'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, isRefusal } from '../../api/index.ts'
import { Field, failureText } from '../../ui/index.ts'
import { adopt } from './me.ts'
import css from './session.module.css'

const DEMO_LOGINS = ['li.na', 'wang.min', 'zhang.wei', 'admin']

/** Login and password; `demo` hints at the demonstration's sign-ins. */
export function SignInForm({ demo, onSignedIn }: { demo: boolean; onSignedIn: (me: Me) => void }) {
  const { t } = useTranslation()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    try {
      const me = await api('signIn', { body: { login: login.trim(), password } })
      await adopt(me)
      onSignedIn(me)
    } catch (error) {
      const status = isRefusal(error) ? error.status : undefined
      setFailure(
        status === 401 ? t('frame.signIn.wrong') : status === 429 ? t('frame.signIn.tooMany') : failureText(t, error),
      )
      setBusy(false)
    }
  }

  return (
    <form className={css.form} onSubmit={submit}>
      <Field label={t('frame.signIn.login')}>
        <Input
          data-testid="login"
          name="login"
          autoComplete="username"
          autoFocus
          required
          value={login}
          onChange={(e) => setLogin(e.target.value)}
        />
      </Field>
      <Field label={t('frame.signIn.password')}>
        <Input
          data-testid="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(e) => setPassword(e.target.value)}
        />
      </Field>
      <p className={css.failure} role="alert">
        {failure}
      </p>
      <Button data-testid="sign-in" type="primary" size="large" htmlType="submit" loading={busy} block>
        {t('frame.signIn.submit')}
      </Button>
      {demo && (
        <div className={css.demo}>
          <p>{t('frame.signIn.demo')}</p>
          {DEMO_LOGINS.map((each) => (
            <button key={each} type="button" onClick={() => setLogin(each)}>
              {each}
            </button>
          ))}
          <p>{t('frame.signIn.demoPassword')}</p>
        </div>
      )}
    </form>
  )
}
