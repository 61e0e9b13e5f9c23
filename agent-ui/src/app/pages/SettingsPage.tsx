import { useTranslation } from 'react-i18next'
import { Navigate, NavLink, Route, Routes } from 'react-router'
import { Dispositions, Flows, Prompts, Queues, Skills, Trunks, Users } from '../../features/settings-admin/index.ts'
import css from './settings-page.module.css'
import { useTitle } from './use-title.ts'

const parts = ['users', 'skills', 'queues', 'trunks', 'flows', 'prompts', 'dispositions'] as const

export default function SettingsPage() {
  const { t } = useTranslation()
  useTitle(t('settings.title'))
  return (
    <div className={css.page}>
      <nav aria-label={t('settings.title')}>
        {parts.map((part) => (
          <NavLink key={part} to={`/settings/${part}`}>
            {part === 'skills' ? t('skills.title') : t(`settings.${part}`)}
          </NavLink>
        ))}
      </nav>
      <div>
        <h1 className="visually-hidden">{t('settings.title')}</h1>
        <Routes>
          <Route path="users" element={<Users />} />
          <Route path="skills" element={<Skills />} />
          <Route path="queues" element={<Queues />} />
          <Route path="trunks" element={<Trunks />} />
          <Route path="flows" element={<Flows />} />
          <Route path="prompts" element={<Prompts />} />
          <Route path="dispositions" element={<Dispositions />} />
          <Route path="*" element={<Navigate to="/settings/users" replace />} />
        </Routes>
      </div>
    </div>
  )
}
