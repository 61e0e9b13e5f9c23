import { CheckCircleFilled, QuestionCircleOutlined } from '@ant-design/icons'
import type { PopView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { PhoneNumber } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { callerTitle } from './caller-title.ts'
import css from './pop.module.css'

/** Who calls, from where, and how sure we are. */
export function CallerIdentity({ pop }: { pop: PopView }) {
  const { t } = useTranslation()
  const { local } = useWords()
  const { name, detail, kind } = callerTitle(pop)
  const title =
    kind === 'many' && pop.match.kind === 'many'
      ? t('desk.pop.manyMatches', { count: pop.match.candidates.length })
      : (name ?? t('desk.pop.unknownCaller'))
  return (
    <div className={css.identity}>
      <div className={css.who}>
        <strong>{title}</strong>
        {detail.length > 0 && <span>{detail.join(' · ')}</span>}
        {pop.customer && <em data-grade={pop.customer.grade}>{t('desk.pop.grade', { grade: pop.customer.grade })}</em>}
      </div>
      <div className={css.from}>
        <b>
          <PhoneNumber value={pop.caller.number} />
        </b>
        {pop.caller.place && <span>{local(pop.caller.place)}</span>}
        <Verified pop={pop} />
      </div>
    </div>
  )
}

function Verified({ pop }: { pop: PopView }) {
  const { t } = useTranslation()
  if (pop.verified === 'code')
    return (
      <span className={css.verified}>
        <CheckCircleFilled /> {t('desk.pop.verifiedCode', { code: pop.code ?? '' })}
      </span>
    )
  return (
    <span className={css.unverified}>
      <QuestionCircleOutlined /> {t(pop.verified === 'number' ? 'desk.pop.verifiedNumber' : 'desk.pop.verifiedNone')}
    </span>
  )
}
