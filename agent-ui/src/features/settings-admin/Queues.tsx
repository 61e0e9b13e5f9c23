import type { Queue } from '@ringdown/core/acd'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/index.ts'
import { Empty, Lines, LoadFailed, Panel } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { QueueForm } from './QueueForm.tsx'
import css from './settings.module.css'

/** The queues and their most important rules. */
export function Queues() {
  const { t } = useTranslation()
  const { local } = useWords()
  const queues = useApi('listQueues', undefined)
  const [open, setOpen] = useState<Queue | 'new' | null>(null)
  if (queues.isError) return <LoadFailed error={queues.error} retry={() => void queues.refetch()} />
  return (
    <Panel
      title={`${t('settings.queues')} ${queues.data?.length ?? ''}`}
      flush
      extra={
        <Button type="primary" size="small" onClick={() => setOpen('new')}>
          {t('settings.queue.create')}
        </Button>
      }
    >
      {!queues.data ? (
        <Lines count={4} />
      ) : queues.data.length === 0 ? (
        <Empty>{t('settings.queue.none')}</Empty>
      ) : (
        <table className={css.table}>
          <thead>
            <tr>
              <th>{t('records.customers.name')}</th>
              <th>{t('settings.queue.key')}</th>
              <th>{t('settings.queue.strategy')}</th>
              <th>{t('board.serviceLevel')}</th>
              <th>{t('settings.queue.wrapUpMs')}</th>
            </tr>
          </thead>
          <tbody>
            {queues.data.map((queue) => (
              <tr key={queue.id}>
                <td>
                  <button type="button" onClick={() => setOpen(queue)}>
                    {local(queue.name)}
                  </button>
                </td>
                <td>{queue.key}</td>
                <td>{t(`settings.queue.strategies.${queue.strategy}`)}</td>
                <td>
                  {Math.round(queue.serviceLevelTarget * 100)}% / {queue.serviceLevelMs / 1000} {t('frame.say.seconds')}
                </td>
                <td>{queue.wrapUpMs / 1000}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {open && <QueueForm queue={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Panel>
  )
}
