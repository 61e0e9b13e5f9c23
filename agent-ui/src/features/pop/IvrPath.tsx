import type { PopView } from '@ringdown/core/contract'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useWords } from '../catalogue/index.ts'
import css from './pop.module.css'

/** The way through the menu, with the keys pressed. */
export function IvrPath({ pop }: { pop: PopView }) {
  const { t } = useTranslation()
  const { local } = useWords()
  return (
    <span className={css.path}>
      <small>{t('desk.pop.path')}</small>
      {pop.ivrPath.length === 0 && t('desk.pop.noPath')}
      {pop.ivrPath.map((step, i) => (
        <Fragment key={`${step.node}-${step.keyed}`}>
          {i > 0 && <i aria-hidden="true">›</i>}
          <span>
            {local(step.label)}
            {step.keyed && <kbd>{step.keyed}</kbd>}
          </span>
        </Fragment>
      ))}
    </span>
  )
}
