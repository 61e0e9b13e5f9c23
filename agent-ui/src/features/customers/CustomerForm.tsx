import type { CustomerView } from '@ringdown/core/contract'
import { Grade } from '@ringdown/core/customer'
import { Button, Drawer, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, isRefusal, keyOf, outdate, queryClient } from '../../api/index.ts'
import { Field, failureText, useDraft } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { type CustomerValues, emptyCustomer, inputOf, valuesOf } from './customer-values.ts'
import css from './customers.module.css'

type Props = { customer?: CustomerView; onClose: () => void; onSaved?: (customer: CustomerView) => void }

/** New customer, or changes of one; what was typed survives a reload and somebody else's faster change. */
export function CustomerForm({ customer, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  const { word } = useWords()
  const [draft, setDraft, dropDraft] = useDraft<CustomerValues>(`customer-form:${customer?.id ?? 'new'}`)
  const values = draft ?? (customer ? valuesOf(customer) : emptyCustomer)
  const [failure, setFailure] = useState<{ field: string | undefined; text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (changes: Partial<CustomerValues>) => setDraft({ ...values, ...changes })
  const wrong = (field: string) => (failure?.field === field ? failure.text : null)
  const codeWrong = values.code && !/^\d{4,10}$/.test(values.code) ? t('records.customers.codeWrong') : wrong('code')

  async function save(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    const { code, ...input } = inputOf(values)
    const body = { ...input, ...(code ? { code } : {}) }
    try {
      const saved = customer
        ? await api('changeCustomer', {
            params: { customerId: customer.id },
            body: { ...body, version: customer.version },
          })
        : await api('createCustomer', { body })
      dropDraft()
      queryClient.setQueryData(keyOf('readCustomer', { params: { customerId: saved.id } }), saved)
      void outdate('listCustomers')
      onSaved?.(saved)
      onClose()
    } catch (error) {
      if (isRefusal(error, 'stale')) void outdate('readCustomer')
      setFailure({ field: isRefusal(error) ? error.field : undefined, text: failureText(t, error) })
      setBusy(false)
    }
  }
  const cancel = () => {
    dropDraft()
    onClose()
  }

  return (
    <Drawer
      open
      size={520}
      title={customer ? customer.name : t('records.customers.create')}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          <Button onClick={cancel}>{t('frame.say.cancel')}</Button>
          <Button type="primary" htmlType="submit" form="customer-form" loading={busy} disabled={!values.name.trim()}>
            {t('frame.say.save')}
          </Button>
        </div>
      }
    >
      <form id="customer-form" className={css.form} onSubmit={save}>
        {failure && !failure.field && (
          <p className={css.failure} role="alert">
            {failure.text}
          </p>
        )}
        <Field label={t('records.customers.name')} error={wrong('name')}>
          <Input
            autoFocus
            required
            maxLength={200}
            value={values.name}
            onChange={(e) => set({ name: e.target.value })}
          />
        </Field>
        <div className={css.pair}>
          <Field label={t('records.customers.code')} error={codeWrong}>
            <Input value={values.code} maxLength={10} onChange={(e) => set({ code: e.target.value })} />
          </Field>
          <Field label={t('records.customers.grade')}>
            <Select
              value={values.grade}
              options={Grade.options.map((value) => ({ value, label: value }))}
              onChange={(grade) => set({ grade })}
            />
          </Field>
        </div>
        <div className={css.pair}>
          <Field label={t('records.customers.industry')} error={wrong('industry')}>
            <Input value={values.industry} maxLength={100} onChange={(e) => set({ industry: e.target.value })} />
          </Field>
          <Field label={t('records.customers.language')}>
            <Select
              value={values.language}
              options={(['zh', 'en'] as const).map((value) => ({ value, label: word('language', value) }))}
              onChange={(language) => set({ language })}
            />
          </Field>
        </div>
        <Field label={t('records.customers.address')} error={wrong('address')}>
          <Input value={values.address} maxLength={300} onChange={(e) => set({ address: e.target.value })} />
        </Field>
        <Field label={t('records.customers.preferences')} hint={t('records.customers.preferencesHint')}>
          <Input.TextArea
            autoSize={{ minRows: 2 }}
            maxLength={2000}
            value={values.preferences}
            onChange={(e) => set({ preferences: e.target.value })}
          />
        </Field>
        <Field label={t('records.customers.notes')}>
          <Input.TextArea
            autoSize={{ minRows: 3 }}
            maxLength={10_000}
            value={values.notes}
            onChange={(e) => set({ notes: e.target.value })}
          />
        </Field>
        <Field label={t('records.customers.tags')} hint={t('records.customers.tagsHint')} error={wrong('tags')}>
          <Input value={values.tags} onChange={(e) => set({ tags: e.target.value })} />
        </Field>
      </form>
    </Drawer>
  )
}
