import { CheckOutlined, DownOutlined, EyeOutlined } from '@ant-design/icons'
import type { SavedView } from '@ringdown/core/contract'
import { Button, Dropdown, type MenuProps } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, outdate } from '../../api/index.ts'
import { failureText, toast } from '../../ui/index.ts'
import { useMe } from '../session/index.ts'
import css from './saved-views.module.css'
import type { ListView } from './use-list-view.ts'
import { writtenFilters } from './view-filters.ts'
import { inputOf } from './view-input.ts'

const ViewForm = lazy(() => import('./ViewForm.tsx').then((m) => ({ default: m.ViewForm })))
const RemoveView = lazy(() => import('./RemoveView.tsx').then((m) => ({ default: m.RemoveView })))

type Asking = 'create' | 'edit' | 'remove' | null

/** Which view of a list is looked through, and what can be done with it. */
export function ViewMenu({ view: listView }: { view: ListView }) {
  const { list, query, filterNames, columns, views, current, changed } = listView
  const { t } = useTranslation()
  const me = useMe()
  const [asking, setAsking] = useState<Asking>(null)
  const mine = current?.owner.id === me.id
  const without = Object.fromEntries([...filterNames, 'sort', 'view'].map((name) => [name, null]))

  const look = (view: SavedView | null) => {
    query.set(view ? { ...without, ...writtenFilters(view), sort: view.sort, view: view.id } : without)
  }
  const save = async () => {
    if (!current) return
    try {
      const body = inputOf(listView, current)
      await api('changeSavedView', { params: { viewId: current.id }, body })
      await outdate('listSavedViews')
      columns.reset()
      toast('success', t('lists.views.saved'))
    } catch (error) {
      toast('error', failureText(t, error))
    }
  }
  const deeds: Record<string, () => void> = {
    save: () => void save(),
    revert: () => {
      columns.reset()
      look(current)
    },
    create: () => setAsking('create'),
    edit: () => setAsking('edit'),
    remove: () => setAsking('remove'),
  }
  const check = (on: boolean) => <CheckOutlined style={{ visibility: on ? 'visible' : 'hidden' }} />
  const lines = (own: boolean) =>
    views
      .filter((view) => (view.owner.id === me.id) === own)
      .map((view) => ({
        key: view.id,
        icon: check(view.id === current?.id),
        label: view.name,
        ...(own ? {} : { extra: view.owner.name }),
      }))
  const group = (key: string, label: string, children: ReturnType<typeof lines>) =>
    children.length > 0 ? [{ type: 'group' as const, key, label, children }] : []
  const items: MenuProps['items'] = [
    { key: 'all', icon: check(current === null), label: t(`lists.views.all.${list}`) },
    ...group('mine', t('lists.views.mine'), lines(true)),
    ...group('shared', t('lists.views.shared'), lines(false)),
    { type: 'divider' },
    ...(mine && changed ? [{ key: 'save', label: t('lists.views.save') }] : []),
    ...(changed ? [{ key: 'revert', label: t('lists.views.revert') }] : []),
    { key: 'create', label: t('lists.views.saveAs') },
    ...(mine ? [{ key: 'edit', label: t('lists.views.edit') }] : []),
    ...(mine || (current && me.role === 'admin')
      ? [{ key: 'remove', label: t('lists.views.remove'), danger: true }]
      : []),
  ]
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items,
          onClick: ({ key }) => (deeds[key] ?? (() => look(views.find((view) => view.id === key) ?? null)))(),
        }}
      >
        <Button type="text" className={css.button as string} icon={<EyeOutlined />} data-testid="views">
          <span className="visually-hidden">{t('lists.views.label')}: </span>
          <span className={css.name}>{current?.name ?? t(`lists.views.all.${list}`)}</span>
          {changed && <small>{t('lists.views.changed')}</small>}
          <DownOutlined className={css.arrow} />
        </Button>
      </Dropdown>
      <Suspense>
        {(asking === 'create' || (asking === 'edit' && current)) && (
          <ViewForm
            listView={listView}
            view={asking === 'edit' ? current : null}
            onClose={() => setAsking(null)}
            onSaved={(view) => {
              setAsking(null)
              columns.reset()
              look(view)
            }}
          />
        )}
        {asking === 'remove' && current && (
          <RemoveView
            view={current}
            onClose={() => setAsking(null)}
            onRemoved={() => {
              setAsking(null)
              columns.reset()
              look(null)
            }}
          />
        )}
      </Suspense>
    </>
  )
}
