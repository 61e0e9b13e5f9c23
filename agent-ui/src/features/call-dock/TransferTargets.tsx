import type { CommandInput } from '@ringdown/core/contract'
import { Input } from 'antd'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { outdate } from '../../api/index.ts'
import { useCatalogue, useWords } from '../catalogue/index.ts'
import { toneOf } from '../desk-state/index.ts'
import { useMe } from '../session/index.ts'
import { StateIcon } from '../state-button/index.ts'
import css from './call-dock.module.css'

type Target = CommandInput<'call:transfer'>['to']
type Props = { onChoose: (to: Target) => void; onClose: () => void }

/** Colleagues with their state, and queues; typing filters, Enter takes the first. */
export function TransferTargets({ onChoose, onClose }: Props) {
  const { t } = useTranslation()
  const { word, local } = useWords()
  const me = useMe()
  const { agents, queues } = useCatalogue()
  const [text, setText] = useState('')
  useEffect(() => void outdate('readCatalogue'), [])
  const wanted = (name: string) => name.toLowerCase().includes(text.trim().toLowerCase())
  const colleagues = agents
    .filter((a) => a.id !== me.id && a.state !== 'signed_out' && wanted(a.name))
    .toSorted((a, b) => Number(b.state === 'available') - Number(a.state === 'available'))
  const choices = [
    ...colleagues.map((a) => ({
      id: a.id,
      label: a.name,
      state: a.state,
      to: { kind: 'agent', agentId: a.id } satisfies Target,
    })),
    ...queues
      .filter((q) => wanted(local(q.name)))
      .map((q) => ({
        id: q.id,
        label: local(q.name),
        state: null,
        to: { kind: 'queue', queueId: q.id } satisfies Target,
      })),
  ]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    if (event.key === 'Enter' && choices[0]) onChoose(choices[0].to)
  }
  return (
    <div className={css.transfer} data-testid="transfer-targets">
      <Input
        autoFocus
        aria-label={t('desk.call.transferTo')}
        placeholder={t('desk.call.transferSearch')}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={onKeyDown}
      />
      {choices.length === 0 && <p>{t('desk.call.transferNone')}</p>}
      <ul>
        {choices.map((choice) => (
          <li key={choice.id}>
            <button
              type="button"
              data-tone={choice.state === null ? 'queue' : toneOf(choice.state)}
              onClick={() => onChoose(choice.to)}
            >
              <span>{choice.label}</span>
              <small>
                {choice.state === null ? (
                  t('desk.call.queues')
                ) : (
                  <>
                    <StateIcon state={choice.state} /> {word('state', choice.state)}
                  </>
                )}
              </small>
            </button>
          </li>
        ))}
      </ul>
      <small>{t('desk.call.transferWarn')}</small>
    </div>
  )
}
