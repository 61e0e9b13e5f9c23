import type { CustomerSummary, PopView } from '@ringdown/core/contract'
import { Button, Input } from 'antd'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, isRefusal, useApi } from '../../api/index.ts'
import { Field, failureText, formatPhone, Panel, useDraft } from '../../ui/index.ts'
import { useAct } from '../desk-state/index.ts'
import css from './pop.module.css'

type Draft = { company: string; person: string }

/** The caller is nobody we know: a short form with what is known, and those it may already be. */
export function NewCustomerForm({ pop }: { pop: PopView }) {
  const { t } = useTranslation()
  const act = useAct()
  const [draft = { company: '', person: pop.caller.name ?? '' }, setDraft, dropDraft] = useDraft<Draft>(
    `customer:${pop.contactId}`,
  )
  const [failure, setFailure] = useState<{ field: string | undefined; text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const search = useDeferredValue(draft.company.trim())
  const similar = useApi(
    'listCustomers',
    { query: { search, pageSize: 4 } },
    { enabled: search.length >= 2, keepPrevious: true },
  )
  const choose = (customer: Pick<CustomerSummary, 'id'>, personId: string | null) =>
    act('call:choose-customer', {
      contactId: pop.contactId,
      customerId: customer.id,
      personId: personId as never,
    })

  async function create(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    const { number } = pop.caller
    try {
      const customer = await api('createCustomer', {
        body: {
          name: draft.company.trim() || draft.person.trim(),
          language: pop.language,
          person: draft.person.trim()
            ? { name: draft.person.trim(), phones: number.startsWith('+') ? [number] : [] }
            : null,
        },
      })
      if (await choose(customer, customer.people[0]?.id ?? null)) dropDraft()
    } catch (error) {
      setFailure({ field: isRefusal(error) ? error.field : undefined, text: failureText(t, error) })
    }
    setBusy(false)
  }

  const found = search.length >= 2 ? (similar.data?.items ?? []) : []
  return (
    <Panel title={t('desk.pop.newCustomer')}>
      <form className={css.newCustomer} onSubmit={create}>
        <p>{t('desk.pop.newCustomerHint')}</p>
        <Field label={t('desk.pop.customerName')}>
          <Input
            value={draft.company}
            maxLength={200}
            onChange={(e) => setDraft({ ...draft, company: e.target.value })}
          />
        </Field>
        <Field label={t('desk.pop.personName')}>
          <Input
            value={draft.person}
            maxLength={120}
            onChange={(e) => setDraft({ ...draft, person: e.target.value })}
          />
        </Field>
        <Field label={t('desk.pop.number')}>
          <Input value={formatPhone(pop.caller.number)} readOnly />
        </Field>
        {failure && (
          <p className={css.failure} role="alert">
            {failure.text}
          </p>
        )}
        <Button
          htmlType="submit"
          type="primary"
          loading={busy}
          disabled={!draft.company.trim() && !draft.person.trim()}
        >
          {t('desk.pop.createIt')}
        </Button>
        {found.length > 0 && (
          <div className={css.duplicates}>
            <small>{t('desk.pop.duplicates')}</small>
            {found.map((each) => (
              <button key={each.id} type="button" onClick={() => void choose(each, null)}>
                <b>{each.name}</b> {each.code} · {t('desk.pop.grade', { grade: each.grade })}
              </button>
            ))}
          </div>
        )}
      </form>
    </Panel>
  )
}
