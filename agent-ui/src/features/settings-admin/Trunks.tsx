import type { TrunkView } from '@ringdown/core/contract'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/index.ts'
import { Empty, Lines, LoadFailed, Panel } from '../../ui/index.ts'
import css from './settings.module.css'
import { TrunkForm } from './TrunkForm.tsx'
import { TrunkState } from './TrunkState.tsx'
import own from './trunks.module.css'

/** A registration may fail while somebody looks on. */
const REFRESH_MS = 5000

/** Who may call in, and how registrations stand. */
export function Trunks() {
  const { t } = useTranslation()
  const trunks = useApi('listTrunks', undefined, { refetchInterval: REFRESH_MS })
  const [open, setOpen] = useState<TrunkView | 'new' | null>(null)
  if (trunks.isError) return <LoadFailed error={trunks.error} retry={() => void trunks.refetch()} />
  return (
    <Panel
      title={`${t('settings.trunks')} ${trunks.data?.length ?? ''}`}
      flush
      extra={
        <Button type="primary" size="small" onClick={() => setOpen('new')}>
          {t('settings.trunk.create')}
        </Button>
      }
    >
      {!trunks.data ? (
        <Lines count={3} />
      ) : trunks.data.length === 0 ? (
        <Empty>{t('settings.trunk.none')}</Empty>
      ) : (
        <table className={`${css.table} ${own.table}`}>
          <thead>
            <tr>
              <th>{t('settings.trunk.name')}</th>
              <th>{t('settings.trunk.from')}</th>
              <th>{t('settings.trunk.state')}</th>
              <th>{t('settings.trunk.defaultCountry')}</th>
              <th>{t('settings.trunk.numbers')}</th>
              <th>{t('settings.trunk.maxCalls')}</th>
            </tr>
          </thead>
          <tbody>
            {trunks.data.map((trunk) => (
              <tr key={trunk.id} data-inactive={!trunk.enabled || undefined}>
                <td>
                  <button type="button" onClick={() => setOpen(trunk)}>
                    {trunk.name}
                  </button>
                </td>
                <td>
                  {trunk.kind === 'address' ? trunk.addresses.join(' · ') : `${trunk.username} @ ${trunk.registrar}`}
                </td>
                <td>
                  <TrunkState trunk={trunk} />
                </td>
                <td>{trunk.defaultCountry}</td>
                <td title={trunk.numbers.join(' · ')}>{numbersOf(trunk) || t('settings.trunk.anyNumber')}</td>
                <td>{trunk.maxCalls ?? t('settings.trunk.noLimit')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {open && <TrunkForm trunk={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Panel>
  )
}

/** Two of them; all on hover. */
const numbersOf = ({ numbers }: TrunkView): string =>
  [...numbers.slice(0, 2), ...(numbers.length > 2 ? ['…'] : [])].join(' · ')
