import type { User } from '@ringdown/core/contract'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/index.ts'
import { Empty, Lines, LoadFailed, Panel } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import css from './settings.module.css'
import { UserForm } from './UserForm.tsx'

/** Everybody who may sign in. */
export function Users() {
  const { t } = useTranslation()
  const { word, queue } = useWords()
  const users = useApi('listUsers', undefined)
  const [open, setOpen] = useState<User | 'new' | null>(null)
  if (users.isError) return <LoadFailed error={users.error} retry={() => void users.refetch()} />
  return (
    <Panel
      title={`${t('settings.users')} ${users.data?.length ?? ''}`}
      flush
      extra={
        <Button type="primary" size="small" onClick={() => setOpen('new')}>
          {t('settings.user.create')}
        </Button>
      }
    >
      {!users.data ? (
        <Lines count={8} />
      ) : users.data.length === 0 ? (
        <Empty>{t('settings.user.none')}</Empty>
      ) : (
        <table className={css.table}>
          <thead>
            <tr>
              <th>{t('settings.user.name')}</th>
              <th>{t('settings.user.login')}</th>
              <th>{t('settings.user.role')}</th>
              <th>{t('settings.user.queues')}</th>
              <th>{t('settings.user.extension')}</th>
            </tr>
          </thead>
          <tbody>
            {users.data.map((user) => (
              <tr key={user.id} data-inactive={!user.active || undefined}>
                <td>
                  <button type="button" onClick={() => setOpen(user)}>
                    {user.name}
                  </button>
                  {!user.active && <small>{t('settings.user.inactive')}</small>}
                </td>
                <td>{user.login}</td>
                <td>{word('role', user.role)}</td>
                <td>{user.queues.map((id) => queue(id)).join(' · ') || '–'}</td>
                <td>{user.extension ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {open && <UserForm user={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Panel>
  )
}
