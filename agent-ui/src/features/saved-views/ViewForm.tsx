import { Role, type SavedView } from '@ringdown/core/contract'
import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, isRefusal, outdate } from '../../api/index.ts'
import { Field, failureText, toast } from '../../ui/index.ts'
import { rank, useMe } from '../session/index.ts'
import css from './saved-views.module.css'
import type { ListView } from './use-list-view.ts'
import { inputOf } from './view-input.ts'

type Props = {
  listView: ListView
  /** Null: a new one. */
  view: SavedView | null
  onSaved: (view: SavedView) => void
  onClose: () => void
}

/** A view's name, and who sees it. */
export function ViewForm({ listView, view, onSaved, onClose }: Props) {
  const { t } = useTranslation()
  const { role } = useMe()
  const [name, setName] = useState(view?.name ?? '')
  const [sharedWith, setSharedWith] = useState<Role | null>(view?.sharedWith ?? null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<{ field: string | undefined; text: string } | null>(null)

  const save = async () => {
    setBusy(true)
    try {
      const body = inputOf(listView, { name, sharedWith })
      const saved = view
        ? await api('changeSavedView', { params: { viewId: view.id }, body })
        : await api('createSavedView', { body })
      await outdate('listSavedViews')
      toast('success', t('lists.views.saved'))
      onSaved(saved)
    } catch (error) {
      setFailure({ field: isRefusal(error) ? error.field : undefined, text: failureText(t, error) })
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      width={420}
      title={view ? t('lists.views.edit').replace('…', '') : t('lists.views.saveAs').replace('…', '')}
      okText={t('frame.say.save')}
      cancelText={t('frame.say.cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'view-form', loading: busy }}
      onCancel={onClose}
    >
      <form
        id="view-form"
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p>{t('lists.views.keeps')}</p>
        <Field label={t('lists.views.name')} error={failure?.field === 'name' ? failure.text : null}>
          <Input
            autoFocus
            required
            maxLength={80}
            placeholder={t('lists.views.nameHint')}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        {rank[role] >= rank.supervisor && (
          <Field label={t('lists.views.sharedWith')}>
            <Select<Role | ''>
              aria-label={t('lists.views.sharedWith')}
              value={sharedWith ?? ''}
              options={[
                { value: '' as const, label: t('lists.views.onlyMe') },
                ...Role.options.map((value) => ({ value, label: t(`lists.views.role.${value}`) })),
              ]}
              onChange={(value) => setSharedWith(value || null)}
            />
          </Field>
        )}
        {failure && failure.field !== 'name' && (
          <p role="alert" className={css.failure}>
            {failure.text}
          </p>
        )}
      </form>
    </Modal>
  )
}
