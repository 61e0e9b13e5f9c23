import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

export default function NoPage() {
  const { t } = useTranslation()
  return (
    <div className="page-alone">
      <h1>{t('frame.failure.noPage')}</h1>
      <Link to="/">{t('frame.failure.toDesk')}</Link>
    </div>
  )
}
