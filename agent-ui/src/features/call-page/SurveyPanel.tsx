import { StarFilled } from '@ant-design/icons'
import type { Survey } from '@ringdown/core/survey'
import { useTranslation } from 'react-i18next'
import { Empty, Panel } from '../../ui/index.ts'
import css from './call-page.module.css'

/** What the caller thought of it. */
export function SurveyPanel({ surveys }: { surveys: readonly Survey[] }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('records.contact.surveyTitle')}>
      {surveys.length === 0 && <Empty>{t('records.contact.noSurvey')}</Empty>}
      {surveys.map((survey) => (
        <div key={survey.id} className={css.survey}>
          {survey.csat === null && survey.nps === null && <span>{t('records.contact.surveyAsked')}</span>}
          {survey.csat !== null && (
            <span>
              {t('records.contact.csat')}
              <b role="img" aria-label={`${survey.csat} / 5`}>
                {[1, 2, 3, 4, 5].map((n) => (
                  <StarFilled key={n} data-lit={n <= (survey.csat ?? 0) || undefined} />
                ))}{' '}
                {survey.csat}
              </b>
            </span>
          )}
          {survey.nps !== null && (
            <span>
              {t('records.contact.nps')} <b>{survey.nps} / 10</b>
            </span>
          )}
        </div>
      ))}
    </Panel>
  )
}
