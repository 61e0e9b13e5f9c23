import { useTranslation } from 'react-i18next'
import { Link, NavLink } from 'react-router'
import { rank, useMe } from '../../features/session/index.ts'
import { Brand } from './Brand.tsx'
import css from './frame.module.css'

const pages = [
  { to: '/', name: 'desk', role: 'agent' },
  { to: '/customers', name: 'customers', role: 'agent' },
  { to: '/contacts', name: 'contacts', role: 'agent' },
  { to: '/tickets', name: 'tickets', role: 'agent' },
  { to: '/board', name: 'board', role: 'supervisor' },
  { to: '/settings', name: 'settings', role: 'admin' },
] as const

/** The pages this role may open. */
export function Navigation() {
  const { t } = useTranslation()
  const { role } = useMe()
  return (
    <>
      <Link to="/" className={css.brand} aria-label="Ringdown">
        <Brand />
        <span>Ringdown</span>
      </Link>
      <nav className={css.nav} aria-label={t('frame.nav.label')}>
        {pages
          .filter((page) => rank[role] >= rank[page.role])
          .map((page) => (
            <NavLink key={page.to} to={page.to} end={page.to === '/'}>
              {t(`frame.nav.${page.name}`)}
            </NavLink>
          ))}
      </nav>
    </>
  )
}
