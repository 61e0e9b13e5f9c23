import type { SkillUse } from '@ringdown/core/contract'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/index.ts'
import { Empty, Lines, LoadFailed, Panel } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { SkillForm } from './SkillForm.tsx'
import css from './settings.module.css'

/** What agents can do, who can, and which queues ask for it. */
export function Skills() {
  const { t } = useTranslation()
  const { local } = useWords()
  const skills = useApi('listSkills', undefined)
  const [open, setOpen] = useState<SkillUse | 'new' | null>(null)
  if (skills.isError) return <LoadFailed error={skills.error} retry={() => void skills.refetch()} />
  const create = (
    <Button type="primary" size="small" onClick={() => setOpen('new')}>
      {t('skills.create')}
    </Button>
  )
  return (
    <Panel title={`${t('skills.title')} ${skills.data?.length ?? ''}`} flush extra={create}>
      {!skills.data ? (
        <Lines count={4} />
      ) : skills.data.length === 0 ? (
        <Empty>{t('skills.none')}</Empty>
      ) : (
        <table className={css.table}>
          <thead>
            <tr>
              <th>{t('skills.name')}</th>
              <th>{t('skills.agents')}</th>
              <th>{t('skills.queues')}</th>
            </tr>
          </thead>
          <tbody>
            {skills.data.map((skill) => (
              <tr key={skill.id}>
                <td>
                  <button type="button" onClick={() => setOpen(skill)}>
                    {local(skill.name)}
                  </button>
                </td>
                <td>{skill.agents.map(({ name }) => name).join(' · ') || '–'}</td>
                <td>{skill.queues.map(({ name }) => local(name)).join(' · ') || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {open && <SkillForm skill={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Panel>
  )
}
