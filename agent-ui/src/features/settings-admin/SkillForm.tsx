import type { SkillUse } from '@ringdown/core/contract'
import { Button, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, outdate } from '../../api/index.ts'
import { Field } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { FormDrawer } from './FormDrawer.tsx'
import css from './settings.module.css'
import { useSave } from './use-save.ts'

/** A skill's names; deleting it, once nobody uses it. */
export function SkillForm({ skill, onClose }: { skill: SkillUse | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { local } = useWords()
  const { busy, failure, save } = useSave()
  const [name, setName] = useState(skill?.name ?? { zh: '', en: '' })
  const changed = () => outdate('listSkills', 'readCatalogue')
  const submit = () =>
    save(async () => {
      if (skill) await api('changeSkill', { params: { skillId: skill.id }, body: { name } })
      else await api('createSkill', { body: { name } })
      await changed()
    }, onClose)
  const remove = (skillId: SkillUse['id']) =>
    save(async () => {
      await api('deleteSkill', { params: { skillId } })
      await changed()
    }, onClose)
  const users = skill ? [...skill.agents.map((a) => a.name), ...skill.queues.map((q) => local(q.name))] : []
  const wrong = (language: 'zh' | 'en') => (failure?.field === `name.${language}` ? failure.text : null)
  return (
    <FormDrawer
      title={skill ? local(skill.name) : t('skills.create')}
      busy={busy}
      failure={failure && !failure.field?.startsWith('name.') ? failure.text : null}
      onSave={() => void submit()}
      onClose={onClose}
    >
      <Field label={t('skills.nameZh')} error={wrong('zh')}>
        <Input
          autoFocus
          required
          maxLength={120}
          placeholder={t('skills.exampleZh')}
          value={name.zh}
          onChange={(e) => setName({ ...name, zh: e.target.value })}
        />
      </Field>
      <Field label={t('skills.nameEn')} error={wrong('en')}>
        <Input
          required
          maxLength={120}
          placeholder={t('skills.exampleEn')}
          value={name.en}
          onChange={(e) => setName({ ...name, en: e.target.value })}
        />
      </Field>
      {skill && users.length > 0 && <p className={css.hint}>{t('skills.used', { users: users.join(' · ') })}</p>}
      {skill && (
        <div>
          <Popconfirm
            title={t('skills.removeSure', { name: local(skill.name) })}
            okText={t('frame.say.remove')}
            onConfirm={() => remove(skill.id)}
          >
            <Button danger disabled={users.length > 0}>
              {t('frame.say.remove')}
            </Button>
          </Popconfirm>
        </div>
      )}
    </FormDrawer>
  )
}
