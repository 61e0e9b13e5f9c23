import { Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/index.ts'
import css from './settings.module.css'
import type { TrunkValues } from './trunk-values.ts'

type Props = {
  values: TrunkValues
  set: (changes: Partial<TrunkValues>) => void
  wrong: (field: string) => string | null
  hasPassword: boolean
}

/** Where and as whom we register. The password is only ever sent, never shown. */
export function TrunkAccount({ values, set, wrong, hasPassword }: Props) {
  const { t } = useTranslation()
  return (
    <div className={css.pair}>
      <Field label={t('settings.trunk.registrar')} hint="sip.example.com:5060" error={wrong('registrar')}>
        <Input required maxLength={255} value={values.registrar} onChange={(e) => set({ registrar: e.target.value })} />
      </Field>
      <Field label={t('settings.trunk.transport')}>
        <Select
          value={values.transport}
          options={(['udp', 'tcp'] as const).map((value) => ({ value, label: value.toUpperCase() }))}
          onChange={(transport) => set({ transport })}
        />
      </Field>
      <Field label={t('settings.trunk.username')} error={wrong('username')}>
        <Input
          required
          maxLength={120}
          autoComplete="off"
          value={values.username}
          onChange={(e) => set({ username: e.target.value })}
        />
      </Field>
      <Field label={t('settings.trunk.authUser')} error={wrong('authUser')}>
        <Input
          maxLength={120}
          autoComplete="off"
          value={values.authUser}
          onChange={(e) => set({ authUser: e.target.value })}
        />
      </Field>
      <Field
        label={hasPassword ? t('settings.user.passwordNew') : t('settings.user.password')}
        error={wrong('password')}
      >
        <Input.Password
          maxLength={200}
          autoComplete="new-password"
          value={values.password}
          onChange={(e) => set({ password: e.target.value })}
        />
      </Field>
      <Field label={t('settings.trunk.expiresS')} error={wrong('expiresS')}>
        <InputNumber
          style={{ width: '100%' }}
          required
          min={60}
          max={86_400}
          precision={0}
          value={values.expiresS}
          onChange={(next) => set({ expiresS: next ?? 300 })}
        />
      </Field>
    </div>
  )
}
