import type { PopView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Panel, PhoneNumber } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import css from './pop.module.css'

/** What is good to know before the first word: preferences, notes, tags, people. */
export function CustomerFacts({ pop }: { pop: PopView }) {
  const { t } = useTranslation()
  const { word } = useWords()
  const { customer } = pop
  if (!customer) return null
  const facts = [
    ['preferences', customer.preferences],
    ['notes', customer.notes],
    ['industry', customer.industry],
    ['address', customer.address],
    ['language', word('language', customer.language)],
  ] as const
  return (
    <Panel
      title={t('desk.pop.overview')}
      extra={<Link to={`/customers/${customer.id}`}>{t('desk.pop.openCustomer')}</Link>}
    >
      <dl className={css.facts}>
        {facts.map(
          ([key, value]) =>
            value && (
              <div key={key} data-strong={key === 'preferences' || undefined}>
                <dt>{t(`desk.pop.${key}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        {customer.tags.length > 0 && (
          <div>
            <dt>{t('desk.pop.tags')}</dt>
            <dd className={css.tags}>
              {customer.tags.map((tag) => (
                <span key={tag}>{tag}</span>
              ))}
            </dd>
          </div>
        )}
        {customer.people.length > 0 && (
          <div>
            <dt>{t('desk.pop.people')}</dt>
            {customer.people.slice(0, 6).map((person) => (
              <dd key={person.id} data-calling={person.id === pop.personId || undefined}>
                {person.name} {person.title && <small>{person.title}</small>}
                {person.phones[0] && (
                  <small className={css.phone}>
                    <PhoneNumber value={person.phones[0]} />
                  </small>
                )}
              </dd>
            ))}
          </div>
        )}
      </dl>
    </Panel>
  )
}
