import type { Me } from '@ringdown/core/contract'
import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, isRefusal } from '../../api/index.ts'
import { switchLanguage, useLanguage } from '../../i18n/index.ts'
import { Field, failureText } from '../../ui/index.ts'
import css from './setup.module.css'

const zones = Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))

/** Company, first administrator and first queue. */
export function SetupForm({ onDone }: { onDone: (me: Me) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [values, setValues] = useState({
    company: '',
    name: '',
    login: '',
    password: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    queueName: '',
    token: new URLSearchParams(location.search).get('token') ?? '',
  })
  const [failure, setFailure] = useState<{ field: string | undefined; text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const wrong = (field: string) => (failure?.field === field ? failure.text : null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    try {
      onDone(await api('completeSetup', { body: { ...values, language } }))
    } catch (error) {
      setFailure({ field: isRefusal(error) ? error.field : undefined, text: failureText(t, error) })
      setBusy(false)
    }
  }
  const text = (field: 'company' | 'name' | 'login' | 'queueName' | 'token', hint?: string) => (
    <Field label={t(`settings.setup.${field}`)} error={wrong(field)} {...(hint ? { hint } : {})}>
      <Input
        required
        name={field}
        data-testid={`setup-${field}`}
        autoFocus={field === 'company'}
        value={values[field]}
        onChange={(e) => setValues({ ...values, [field]: e.target.value })}
      />
    </Field>
  )
  return (
    <form className={css.form} onSubmit={submit}>
      <p>{t('settings.setup.intro')}</p>
      {failure && !(failure.field && failure.field in values) && (
        <p className={css.failure} role="alert">
          {failure.text}
        </p>
      )}
      <div className={css.pair}>
        {text('company')}
        {text('queueName')}
        {text('name')}
        {text('login')}
        <Field label={t('settings.setup.password')} hint={t('settings.user.passwordHint')} error={wrong('password')}>
          <Input.Password
            required
            minLength={10}
            data-testid="setup-password"
            autoComplete="new-password"
            value={values.password}
            onChange={(e) => setValues({ ...values, password: e.target.value })}
          />
        </Field>
        {text('token', t('settings.setup.tokenHint'))}
        <Field label={t('settings.setup.language')}>
          <Select
            value={language}
            options={[
              { value: 'zh' as const, label: '中文' },
              { value: 'en' as const, label: 'English' },
            ]}
            onChange={(next) => void switchLanguage(next)}
          />
        </Field>
        <Field label={t('settings.setup.timeZone')} hint={t('settings.setup.timeZoneHint')} error={wrong('timeZone')}>
          <Select
            showSearch
            value={values.timeZone}
            options={zones}
            onChange={(timeZone) => setValues({ ...values, timeZone })}
          />
        </Field>
      </div>
      <Button type="primary" size="large" htmlType="submit" data-testid="finish-setup" loading={busy}>
        {t('settings.setup.finish')}
      </Button>
    </form>
  )
}
