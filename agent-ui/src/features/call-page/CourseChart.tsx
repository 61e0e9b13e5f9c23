import type { ContactEvent } from '@ringdown/core/events'
import { useTranslation } from 'react-i18next'
import { formatDuration, Panel } from '../../ui/index.ts'
import css from './call-page.module.css'
import { courseOf, type Span, type SpanKind } from './course-of.ts'

const kinds: SpanKind[] = ['ivr', 'wait', 'ring', 'talk', 'hold', 'survey', 'wrapUp']

/** The whole call as one picture: where the time went. */
export function CourseChart({ events, running }: { events: readonly ContactEvent[]; running: boolean }) {
  const { t } = useTranslation()
  const last = events.at(-1)?.at ?? 0
  const { fromAt, toAt, caller, wrapUp } = courseOf(events, running ? Date.now() : last)
  const total = Math.max(1, toAt - fromAt)
  const sum = (kind: SpanKind) =>
    [...caller, ...wrapUp].filter((s) => s.kind === kind).reduce((ms, s) => ms + s.toAt - s.fromAt, 0)
  const lane = (spans: Span[]) => (
    <div className={css.lane}>
      {spans.map((span) => (
        <span
          key={`${span.kind}${span.fromAt}`}
          data-kind={span.kind}
          style={{
            left: `${((span.fromAt - fromAt) / total) * 100}%`,
            width: `${((span.toAt - span.fromAt) / total) * 100}%`,
          }}
          title={`${t(`records.contact.${span.kind}`)} ${formatDuration(span.toAt - span.fromAt)}`}
        />
      ))}
    </div>
  )
  return (
    <Panel
      title={t('records.contact.course')}
      extra={
        <span className={css.quiet}>
          {t('records.contact.total')} {formatDuration(total)}
        </span>
      }
    >
      {lane(caller)}
      {wrapUp.length > 0 && lane(wrapUp)}
      <div className={css.ticks}>
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <span key={share}>{formatDuration(total * share)}</span>
        ))}
      </div>
      <ul className={css.legend}>
        {kinds
          .filter((kind) => sum(kind) > 0)
          .map((kind) => (
            <li key={kind}>
              <i data-kind={kind} /> {t(`records.contact.${kind}`)} <b>{formatDuration(sum(kind))}</b>
            </li>
          ))}
      </ul>
    </Panel>
  )
}
