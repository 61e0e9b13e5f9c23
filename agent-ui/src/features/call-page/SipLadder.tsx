import type { LadderMessage } from '@ringdown/core/contract'
import type { ContactId } from '@ringdown/core/kernel'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/index.ts'
import { Empty, Lines, LoadFailed, Panel } from '../../ui/index.ts'
import css from './call-page.module.css'
import { arrowOf } from './ladder-arrows.ts'

const ROW = 34
const TOP = 34
const LEFT = 130
const RIGHT = 430
const WIDTH = 470

/** The SIP messages of the call as arrows between caller and us; a click shows the message. */
export function SipLadder({ contactId }: { contactId: ContactId }) {
  const { t } = useTranslation()
  const ladder = useApi('readLadder', { params: { contactId } })
  const [chosen, setChosen] = useState(0)
  if (ladder.isError) return <LoadFailed error={ladder.error} retry={() => void ladder.refetch()} />
  const messages = ladder.data?.messages ?? []
  const message = messages[chosen]
  return (
    <Panel
      title={t('records.contact.ladder')}
      extra={<span className={css.quiet}>{messages.length > 0 && t('records.contact.messageHint')}</span>}
    >
      {!ladder.data ? (
        <Lines count={5} />
      ) : messages.length === 0 ? (
        <Empty>{t('records.contact.noLadder')}</Empty>
      ) : (
        <div className={css.ladder}>
          <Arrows messages={messages} chosen={chosen} onChoose={setChosen} />
          {message && (
            <div>
              <p className={css.quiet}>
                {message.transport.toUpperCase()} {message.remote} {message.direction === 'in' ? '→' : '←'}{' '}
                {message.local}
              </p>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there */}
              <pre tabIndex={0}>{message.text}</pre>
            </div>
          )}
        </div>
      )}
    </Panel>
  )
}

type ArrowsProps = { messages: readonly LadderMessage[]; chosen: number; onChoose: (i: number) => void }

function Arrows({ messages, chosen, onChoose }: ArrowsProps) {
  const { t } = useTranslation()
  const start = messages[0]?.at ?? 0
  const height = TOP + messages.length * ROW + 10
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} width={WIDTH} height={height} className={css.arrows}>
      <title>{t('records.contact.ladder')}</title>
      {[LEFT, RIGHT].map((x) => (
        <line key={x} x1={x} x2={x} y1={24} y2={height} className={css.lifeline} />
      ))}
      <text x={LEFT} y={15} textAnchor="middle">
        {t('records.contact.ladderCaller')}
      </text>
      <text x={RIGHT} y={15} textAnchor="middle">
        {t('records.contact.ladderUs')}
      </text>
      {messages.map((each, i) => {
        const arrow = arrowOf(each)
        const y = TOP + i * ROW + 20
        const [from, to] = arrow.direction === 'in' ? [LEFT, RIGHT] : [RIGHT, LEFT]
        const tip = to === RIGHT ? -8 : 8
        return (
          // biome-ignore lint/a11y/useSemanticElements: SVG has no buttons
          <g
            // biome-ignore lint/suspicious/noArrayIndexKey: messages never change their order
            key={i}
            role="button"
            tabIndex={0}
            aria-pressed={i === chosen}
            data-kind={arrow.kind}
            onClick={() => onChoose(i)}
            onKeyDown={(e) => {
              if (e.key === 'Enter') onChoose(i)
            }}
          >
            <rect x={0} y={y - 22} width={WIDTH} height={ROW - 2} rx={4} />
            <text x={LEFT - 14} y={y + 4} textAnchor="end" className={css.at}>
              +{((arrow.at - start) / 1000).toFixed(3)}
            </text>
            <text x={(LEFT + RIGHT) / 2} y={y - 6} textAnchor="middle">
              {arrow.label}
            </text>
            <path d={`M${from} ${y}H${to}m${tip} -4l${-tip} 4l${tip} 4`} />
          </g>
        )
      })}
    </svg>
  )
}
