import { plainRouting, type Queue, StrategyName } from '@ringdown/core/acd'
import { Input, InputNumber, Select, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, outdate } from '../../api/index.ts'
import { Field } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { FormDrawer } from './FormDrawer.tsx'
import { SkillLevels } from './SkillLevels.tsx'
import css from './settings.module.css'
import { useSave } from './use-save.ts'

type Rules = Omit<Queue, 'id'>
type Seconds = 'offerMs' | 'wrapUpMs' | 'shortAbandonMs' | 'serviceLevelMs' | 'maxWaitMs' | 'announceEveryMs'

const newQueue: Rules = {
  key: '',
  name: { zh: '', en: '' },
  strategy: 'longest_idle',
  requiredSkills: [],
  ...plainRouting,
  offerMs: 20_000,
  wrapUpMs: 60_000,
  maxWaitMs: null,
  shortAbandonMs: 5000,
  serviceLevelMs: 20_000,
  serviceLevelTarget: 0.8,
  announceEveryMs: 30_000,
  music: 'default',
  survey: true,
}

/** The rules of a queue. */
export function QueueForm({ queue, onClose }: { queue: Queue | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { local } = useWords()
  const { busy, failure, wrong, save } = useSave()
  const [values, setValues] = useState<Rules>(() => {
    if (!queue) return newQueue
    const { id: _, ...rules } = queue
    return rules
  })
  const set = (changes: Partial<Rules>) => setValues({ ...values, ...changes })
  const submit = () =>
    save(async () => {
      if (queue) await api('changeQueue', { params: { queueId: queue.id }, body: values })
      else await api('createQueue', { body: values })
      void outdate('listQueues', 'readCatalogue')
    }, onClose)
  const seconds = (field: Seconds, min: number, max: number, optional = false) => {
    const value = values[field]
    return (
      <Field label={t(`settings.queue.${field}`)} error={wrong(field)}>
        <InputNumber
          style={{ width: '100%' }}
          required={!optional}
          min={min}
          max={max}
          value={value === null ? null : value / 1000}
          onChange={(next) =>
            set({ [field]: next === null ? (optional ? null : min * 1000) : Math.round(next * 1000) })
          }
        />
      </Field>
    )
  }
  return (
    <FormDrawer
      title={queue ? local(queue.name) : t('settings.queue.create')}
      busy={busy}
      failure={failure && !(failure.field && failure.field in values) ? failure.text : null}
      onSave={() => void submit()}
      onClose={onClose}
    >
      <div className={css.pair}>
        <Field label={t('settings.queue.nameZh')}>
          <Input
            autoFocus
            required
            maxLength={120}
            value={values.name.zh}
            onChange={(e) => set({ name: { ...values.name, zh: e.target.value } })}
          />
        </Field>
        <Field label={t('settings.queue.nameEn')}>
          <Input
            required
            maxLength={120}
            value={values.name.en}
            onChange={(e) => set({ name: { ...values.name, en: e.target.value } })}
          />
        </Field>
      </div>
      <Field label={t('settings.queue.key')} hint={t('settings.queue.keyHint')} error={wrong('key')}>
        <Input
          required
          pattern="[a-z][a-z0-9\-]{0,39}"
          value={values.key}
          onChange={(e) => set({ key: e.target.value })}
        />
      </Field>
      <Field label={t('settings.queue.strategy')}>
        <Select
          value={values.strategy}
          options={StrategyName.options.map((value) => ({ value, label: t(`settings.queue.strategies.${value}`) }))}
          onChange={(strategy) => set({ strategy })}
        />
      </Field>
      <fieldset className={css.group}>
        <legend>{t('settings.queue.requiredSkills')}</legend>
        <SkillLevels value={values.requiredSkills} onChange={(requiredSkills) => set({ requiredSkills })} />
      </fieldset>
      <div className={css.pair}>
        {seconds('offerMs', 1, 120)}
        {seconds('wrapUpMs', 0, 3600)}
        {seconds('serviceLevelMs', 0, 3600)}
        <Field label={t('settings.queue.serviceLevelTarget')} error={wrong('serviceLevelTarget')}>
          <InputNumber
            style={{ width: '100%' }}
            min={0}
            max={100}
            value={Math.round(values.serviceLevelTarget * 100)}
            onChange={(next) => set({ serviceLevelTarget: (next ?? 0) / 100 })}
          />
        </Field>
        {seconds('shortAbandonMs', 0, 60)}
        {seconds('maxWaitMs', 1, 86_400, true)}
        {seconds('announceEveryMs', 5, 3600, true)}
        <Field label={t('settings.queue.music')} error={wrong('music')}>
          <Input required maxLength={100} value={values.music} onChange={(e) => set({ music: e.target.value })} />
        </Field>
      </div>
      <Field inline label={t('settings.queue.survey')}>
        <Switch checked={values.survey} onChange={(survey) => set({ survey })} />
      </Field>
    </FormDrawer>
  )
}
