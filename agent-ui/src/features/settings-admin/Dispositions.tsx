import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Disposition } from '@ringdown/core/contract'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, outdate } from '../../api/index.ts'
import { Panel } from '../../ui/index.ts'
import { useCatalogue } from '../catalogue/index.ts'
import { numbered, swapped } from './disposition-order.ts'
import css from './settings.module.css'
import { useSave } from './use-save.ts'

/** What a call can have been, in the order of the number keys. */
export function Dispositions() {
  const { t } = useTranslation()
  const { dispositions } = useCatalogue()
  const { busy, failure, save } = useSave()
  const [edited, setEdited] = useState<Disposition[] | null>(null)
  const rows = edited ?? dispositions.toSorted((a, b) => a.position - b.position)
  const set = (i: number, changes: Partial<Disposition>) =>
    setEdited(rows.map((row, k) => (k === i ? { ...row, ...changes } : row)))
  const submit = () =>
    save(
      async () => {
        await api('saveDispositions', { body: numbered(rows) })
        await outdate('readCatalogue')
      },
      () => setEdited(null),
    )
  return (
    <Panel
      title={t('settings.dispositions')}
      extra={
        <Button type="primary" size="small" loading={busy} disabled={!edited} onClick={() => void submit()}>
          {t('frame.say.save')}
        </Button>
      }
    >
      {failure && (
        <p className={css.failure} role="alert">
          {failure.text}
        </p>
      )}
      <p className={css.hint}>{t('settings.disposition.hint')}</p>
      <div className={css.dispositions}>
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the key itself is being typed
          <div key={i}>
            <b>{i < 9 ? i + 1 : ''}</b>
            <Input
              aria-label={t('settings.disposition.key')}
              placeholder={t('settings.disposition.key')}
              value={row.key}
              onChange={(e) => set(i, { key: e.target.value })}
            />
            <Input
              aria-label={t('settings.disposition.zh')}
              placeholder={t('settings.disposition.zh')}
              value={row.name.zh}
              onChange={(e) => set(i, { name: { ...row.name, zh: e.target.value } })}
            />
            <Input
              aria-label={t('settings.disposition.en')}
              placeholder={t('settings.disposition.en')}
              value={row.name.en}
              onChange={(e) => set(i, { name: { ...row.name, en: e.target.value } })}
            />
            <Button
              type="text"
              icon={<ArrowUpOutlined />}
              aria-label={t('settings.disposition.up')}
              disabled={i === 0}
              onClick={() => setEdited(swapped(rows, i, i - 1))}
            />
            <Button
              type="text"
              icon={<ArrowDownOutlined />}
              aria-label={t('settings.disposition.down')}
              disabled={i === rows.length - 1}
              onClick={() => setEdited(swapped(rows, i, i + 1))}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={`${t('frame.say.remove')} ${row.name.zh}`}
              onClick={() => setEdited(rows.filter((_, k) => k !== i))}
            />
          </div>
        ))}
      </div>
      <Button
        icon={<PlusOutlined />}
        disabled={rows.length >= 50}
        onClick={() => setEdited([...rows, { key: '', name: { zh: '', en: '' }, position: rows.length }])}
      >
        {t('settings.disposition.add')}
      </Button>
    </Panel>
  )
}
