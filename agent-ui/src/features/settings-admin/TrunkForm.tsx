import type { TrunkView } from '@ringdown/core/contract'
import { Button, Input, InputNumber, Popconfirm, Select, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, outdate } from '../../api/index.ts'
import { Field } from '../../ui/index.ts'
import { FormDrawer } from './FormDrawer.tsx'
import css from './settings.module.css'
import { TrunkAccount } from './TrunkAccount.tsx'
import { type TrunkValues, trunkOf, valuesOf } from './trunk-values.ts'
import { useSave } from './use-save.ts'

/** Who may call in: by address, or by an account that we register. */
export function TrunkForm({ trunk, onClose }: { trunk: TrunkView | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { busy, failure, wrong, save } = useSave()
  const [values, setValues] = useState<TrunkValues>(() => valuesOf(trunk))
  const set = (changes: Partial<TrunkValues>) => setValues({ ...values, ...changes })
  const submit = () =>
    save(async () => {
      const body = trunkOf(values)
      if (trunk) await api('changeTrunk', { params: { trunkId: trunk.id }, body })
      else await api('createTrunk', { body })
      await outdate('listTrunks')
    }, onClose)
  const remove = (trunkId: TrunkView['id']) =>
    save(async () => {
      await api('deleteTrunk', { params: { trunkId } })
      await outdate('listTrunks')
    }, onClose)
  const shownBelow = failure?.field !== undefined && (failure.field.split('.')[0] ?? '') in values
  return (
    <FormDrawer
      title={trunk?.name ?? t('settings.trunk.create')}
      busy={busy}
      failure={failure && !shownBelow ? failure.text : null}
      onSave={() => void submit()}
      onClose={onClose}
    >
      <Field label={t('settings.trunk.name')} error={wrong('name')}>
        <Input autoFocus required maxLength={120} value={values.name} onChange={(e) => set({ name: e.target.value })} />
      </Field>
      <Field label={t('settings.trunk.kind')}>
        <Select
          value={values.kind}
          options={(['address', 'registration'] as const).map((value) => ({
            value,
            label: t(`settings.trunk.kinds.${value}`),
          }))}
          onChange={(kind) => set({ kind })}
        />
      </Field>
      {values.kind === 'address' ? (
        <Field
          label={t('settings.trunk.addresses')}
          hint={t('settings.trunk.addressesHint')}
          error={wrong('addresses')}
        >
          <Input.TextArea
            required
            autoSize={{ minRows: 3, maxRows: 12 }}
            value={values.addresses}
            onChange={(e) => set({ addresses: e.target.value })}
          />
        </Field>
      ) : (
        <TrunkAccount
          values={values}
          set={set}
          wrong={wrong}
          hasPassword={trunk?.kind === 'registration' && trunk.hasPassword}
        />
      )}
      <div className={css.pair}>
        <Field
          label={t('settings.trunk.defaultCountry')}
          hint={t('settings.trunk.countryHint')}
          error={wrong('defaultCountry')}
        >
          <Input
            required
            maxLength={2}
            value={values.defaultCountry}
            onChange={(e) => set({ defaultCountry: e.target.value.toUpperCase() })}
          />
        </Field>
        <Field label={t('settings.trunk.maxCalls')} hint={t('settings.trunk.maxCallsHint')} error={wrong('maxCalls')}>
          <InputNumber
            style={{ width: '100%' }}
            min={1}
            max={10_000}
            precision={0}
            value={values.maxCalls}
            onChange={(maxCalls) => set({ maxCalls })}
          />
        </Field>
      </div>
      <Field label={t('settings.trunk.numbers')} hint={t('settings.trunk.numbersHint')} error={wrong('numbers')}>
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 8 }}
          value={values.numbers}
          onChange={(e) => set({ numbers: e.target.value })}
        />
      </Field>
      <Field inline label={t('settings.trunk.enabled')}>
        <Switch checked={values.enabled} onChange={(enabled) => set({ enabled })} />
      </Field>
      {trunk && (
        <div className={css.deeds}>
          <Popconfirm title={t('settings.trunk.removeSure')} onConfirm={() => void remove(trunk.id)}>
            <Button danger>{t('frame.say.remove')}</Button>
          </Popconfirm>
        </div>
      )}
    </FormDrawer>
  )
}
