import type { SavedView } from '@ringdown/core/contract'
import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, outdate } from '../../api/index.ts'
import { failureText, toast } from '../../ui/index.ts'

/** Asks once more before a view goes. */
export function RemoveView({
  view,
  onRemoved,
  onClose,
}: {
  view: SavedView
  onRemoved: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    setBusy(true)
    try {
      await api('deleteSavedView', { params: { viewId: view.id } })
      await outdate('listSavedViews')
      toast('success', t('lists.views.removed'))
      onRemoved()
    } catch (error) {
      toast('error', failureText(t, error))
      onClose()
    }
  }
  return (
    <Modal
      open
      width={420}
      title={t('lists.views.removeSure', { name: view.name })}
      okText={t('frame.say.remove')}
      cancelText={t('frame.say.cancel')}
      okButtonProps={{ danger: true, loading: busy }}
      onOk={() => void remove()}
      onCancel={onClose}
    >
      {view.sharedWith && <p>{t('lists.views.removeShared')}</p>}
    </Modal>
  )
}
