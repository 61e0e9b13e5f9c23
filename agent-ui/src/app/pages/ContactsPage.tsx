import { useTranslation } from 'react-i18next'
import { ContactList } from '../../features/contacts/index.ts'
import { useTitle } from './use-title.ts'

export default function ContactsPage() {
  const { t } = useTranslation()
  useTitle(t('records.contacts.title'))
  return <ContactList />
}
