import { useTranslation } from 'react-i18next'
import { CustomerList } from '../../features/customers/index.ts'
import { useTitle } from './use-title.ts'

export default function CustomersPage() {
  const { t } = useTranslation()
  useTitle(t('records.customers.title'))
  return <CustomerList />
}
