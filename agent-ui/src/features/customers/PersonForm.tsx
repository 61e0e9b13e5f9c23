import type { Person } from '@ringdown/core/customer'
import type { CustomerId } from '@ringdown/core/kernel'
import { Button, Drawer, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, isRefusal, outdate } from '../../api/index.ts'
import { Field, failureText, formatPhone } from '../../ui/index.ts'
import css from './customers.module.css'

type Props = { customerId: CustomerId; person?: Person; onClose: () => void }

/** A person of a customer, with as many numbers as he has. */
export function PersonForm({ customerId, person, onClose }: Props) {
  const { t } = useTranslation()
  const [values, setValues] = useState({
    name: person?.name ?? '',
    title: person?.title ?? '',
    email: person?.email ?? '',
    notes: person?.notes ?? '',
    phones: (person?.phones ?? []).map((p) => formatPhone(p)).join('\n'),
  })
  const [failure, setFailure] = useState<{ field: string | undefined; text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const wrong = (field: string) => (failure?.field?.startsWith(field) ? failure.text : null)
  const set = (changes: Partial<typeof values>) => setValues({ ...values, ...changes })

  async function save(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    const body = {
      name: values.name.trim(),
      title: values.title.trim() || null,
      email: values.email.trim() || null,
      notes: values.notes,
      phones: values.phones
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    }
    try {
      if (person) await api('changePerson', { params: { customerId, personId: person.id }, body })
      else await api('addPerson', { params: { customerId }, body })
      void outdate('readCustomer', 'listCustomers')
      onClose()
    } catch (error) {
      setFailure({ field: isRefusal(error) ? error.field : undefined, text: failureText(t, error) })
      setBusy(false)
    }
  }
  return (
    <Drawer
      open
      size={440}
      title={person?.name ?? t('records.customers.addPerson')}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          <Button onClick={onClose}>{t('frame.say.cancel')}</Button>
          <Button type="primary" htmlType="submit" form="person-form" loading={busy} disabled={!values.name.trim()}>
            {t('frame.say.save')}
          </Button>
        </div>
      }
    >
      <form id="person-form" className={css.form} onSubmit={save}>
        {failure && !['name', 'email', 'phones', 'title'].some((f) => failure.field?.startsWith(f)) && (
          <p className={css.failure} role="alert">
            {failure.text}
          </p>
        )}
        <Field label={t('records.customers.person')} error={wrong('name')}>
          <Input
            autoFocus
            required
            maxLength={120}
            value={values.name}
            onChange={(e) => set({ name: e.target.value })}
          />
        </Field>
        <Field label={t('records.customers.jobTitle')} error={wrong('title')}>
          <Input maxLength={120} value={values.title} onChange={(e) => set({ title: e.target.value })} />
        </Field>
        <Field label={t('records.customers.phones')} hint={t('records.customers.phonesHint')} error={wrong('phones')}>
          <Input.TextArea
            autoSize={{ minRows: 2 }}
            value={values.phones}
            onChange={(e) => set({ phones: e.target.value })}
          />
        </Field>
        <Field label={t('records.customers.email')} error={wrong('email')}>
          <Input type="email" value={values.email} onChange={(e) => set({ email: e.target.value })} />
        </Field>
        <Field label={t('records.customers.notes')}>
          <Input.TextArea
            autoSize={{ minRows: 2 }}
            value={values.notes}
            onChange={(e) => set({ notes: e.target.value })}
          />
        </Field>
      </form>
    </Drawer>
  )
}
