import type { ContactId } from '@ringdown/core/kernel'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { CallRecord } from '../../features/call-page/index.ts'
import { useTitle } from './use-title.ts'

export default function ContactPage() {
  const { t } = useTranslation()
  const { contactId } = useParams()
  useTitle(t('records.contact.title'))
  return <CallRecord key={contactId} contactId={contactId as ContactId} />
}
