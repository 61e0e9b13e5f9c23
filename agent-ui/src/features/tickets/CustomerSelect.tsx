import type { CustomerId } from '@ringdown/core/kernel'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/index.ts'

type Props = { value: CustomerId | null; name?: string | undefined; onChange: (id: CustomerId | null) => void }

/** A customer, found by name or code. */
export function CustomerSelect({ value, name, onChange }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const found = useApi(
    'listCustomers',
    { query: { pageSize: 20, ...(search ? { search } : {}) } },
    { keepPrevious: true },
  )
  const chosen = useApi(
    'readCustomer',
    { params: { customerId: value as CustomerId } },
    { enabled: value !== null && !name },
  )
  const options = (found.data?.items ?? []).map((c) => ({ value: c.id, label: `${c.name} · ${c.code}` }))
  const known = name ?? chosen.data?.name
  if (value && known && !options.some((o) => o.value === value)) options.unshift({ value, label: known })
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear
      aria-label={t('records.tickets.customer')}
      placeholder={t('records.tickets.customerSearch')}
      value={value}
      options={options}
      onChange={(id: CustomerId | undefined) => onChange(id ?? null)}
    />
  )
}
