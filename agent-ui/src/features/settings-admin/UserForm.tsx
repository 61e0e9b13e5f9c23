import { Role, type User } from '@ringdown/core/contract'
import { Input, Select, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, outdate } from '../../api/index.ts'
import { Field } from '../../ui/index.ts'
import { useCatalogue, useWords } from '../catalogue/index.ts'
import { FormDrawer } from './FormDrawer.tsx'
import { SkillLevels } from './SkillLevels.tsx'
import css from './settings.module.css'
import { useSave } from './use-save.ts'

const newUser: Omit<User, 'id'> = {
  login: '',
  name: '',
  role: 'agent',
  language: 'zh',
  active: true,
  extension: null,
  queues: [],
  skills: [],
}

/** A user: who he is, what he may do, which queues and skills he has. */
export function UserForm({ user, onClose }: { user: User | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { word, local } = useWords()
  const { queues } = useCatalogue()
  const { busy, failure, wrong, save } = useSave()
  const [values, setValues] = useState<Omit<User, 'id'>>(() => {
    if (!user) return newUser
    const { id: _, ...rest } = user
    return rest
  })
  const [secrets, setSecrets] = useState({ password: '', sipPassword: '' })
  const set = (changes: Partial<User>) => setValues({ ...values, ...changes })
  const submit = () =>
    save(async () => {
      const given = Object.fromEntries(Object.entries(secrets).filter(([, secret]) => secret))
      if (user) await api('changeUser', { params: { userId: user.id }, body: { ...values, ...given } })
      else await api('createUser', { body: { ...values, password: secrets.password } })
      void outdate('listUsers', 'readCatalogue')
    }, onClose)
  const known = ['login', 'name', 'password', 'sipPassword', 'extension']
  return (
    <FormDrawer
      title={user?.name ?? t('settings.user.create')}
      busy={busy}
      failure={failure && !known.includes(failure.field ?? '') ? failure.text : null}
      onSave={() => void submit()}
      onClose={onClose}
    >
      <div className={css.pair}>
        <Field label={t('settings.user.name')} error={wrong('name')}>
          <Input
            autoFocus
            required
            maxLength={120}
            value={values.name}
            onChange={(e) => set({ name: e.target.value })}
          />
        </Field>
        <Field label={t('settings.user.login')} error={wrong('login')}>
          <Input
            required
            minLength={2}
            maxLength={80}
            autoComplete="off"
            value={values.login}
            onChange={(e) => set({ login: e.target.value })}
          />
        </Field>
      </div>
      <div className={css.pair}>
        <Field label={t('settings.user.role')}>
          <Select
            value={values.role}
            options={Role.options.map((value) => ({ value, label: word('role', value) }))}
            onChange={(role) => set({ role })}
          />
        </Field>
        <Field label={t('settings.user.language')}>
          <Select
            value={values.language}
            options={(['zh', 'en'] as const).map((value) => ({ value, label: word('language', value) }))}
            onChange={(language) => set({ language })}
          />
        </Field>
      </div>
      <Field label={t('settings.user.queues')}>
        <Select
          mode="multiple"
          value={values.queues}
          options={queues.map((q) => ({ value: q.id, label: local(q.name) }))}
          onChange={(chosen) => set({ queues: chosen })}
        />
      </Field>
      <fieldset className={css.group}>
        <legend>{t('settings.user.skills')}</legend>
        <SkillLevels value={values.skills} onChange={(skills) => set({ skills })} />
      </fieldset>
      <Field label={t('settings.user.extension')} hint={t('settings.user.extensionHint')} error={wrong('extension')}>
        <Input
          maxLength={6}
          inputMode="numeric"
          value={values.extension ?? ''}
          onChange={(e) => set({ extension: e.target.value.trim() || null })}
        />
      </Field>
      <Field
        label={user ? t('settings.user.passwordNew') : t('settings.user.password')}
        hint={t('settings.user.passwordHint')}
        error={wrong('password')}
      >
        <Input.Password
          required={!user}
          minLength={10}
          autoComplete="new-password"
          value={secrets.password}
          onChange={(e) => setSecrets({ ...secrets, password: e.target.value })}
        />
      </Field>
      {user && values.extension && (
        <Field
          label={t('settings.user.sipPassword')}
          hint={t('settings.user.passwordHint')}
          error={wrong('sipPassword')}
        >
          <Input.Password
            minLength={10}
            autoComplete="new-password"
            value={secrets.sipPassword}
            onChange={(e) => setSecrets({ ...secrets, sipPassword: e.target.value })}
          />
        </Field>
      )}
      <Field inline label={t('settings.user.active')}>
        <Switch checked={values.active} onChange={(active) => set({ active })} />
      </Field>
    </FormDrawer>
  )
}
