import type { CustomerId } from '@ringdown/core/kernel'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { CustomerRecord } from '../../features/customers/index.ts'
import { useTitle } from './use-title.ts'

export default function CustomerPage() {
  const { t } = useTranslation()
  const { customerId } = useParams()
  useTitle(t('records.customers.title'))
  return <CustomerRecord key={customerId} customerId={customerId as CustomerId} />
}
