import type { SkillId } from '@ringdown/core/kernel'
import { Checkbox, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { useCatalogue, useWords } from '../catalogue/index.ts'
import css from './settings.module.css'

export type SkillLevel = { skillId: SkillId; level: number }
type Props = { value: readonly SkillLevel[]; onChange: (value: SkillLevel[]) => void }

/** Skills with a level each. */
export function SkillLevels({ value, onChange }: Props) {
  const { t } = useTranslation()
  const { local } = useWords()
  const { skills } = useCatalogue()
  if (skills.length === 0) return <small>{t('settings.user.noSkills')}</small>
  return (
    <div className={css.skills}>
      {skills.map(({ id, name }) => {
        const has = value.find((s) => s.skillId === id)
        const others = value.filter((s) => s.skillId !== id)
        return (
          <div key={id}>
            <Checkbox
              checked={has !== undefined}
              onChange={(e) => onChange(e.target.checked ? [...others, { skillId: id, level: 3 }] : others)}
            >
              {local(name)}
            </Checkbox>
            <InputNumber
              size="small"
              min={1}
              max={5}
              aria-label={`${local(name)} ${t('settings.user.level')}`}
              disabled={!has}
              value={has?.level ?? null}
              onChange={(level) => onChange([...others, { skillId: id, level: level ?? 1 }])}
            />
          </div>
        )
      })}
    </div>
  )
}
