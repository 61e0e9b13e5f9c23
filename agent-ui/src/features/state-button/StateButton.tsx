import { DownOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Flyout, Timer } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { toneOf, useDesk, workStateOf } from '../desk-state/index.ts'
import { StateMenu } from './StateMenu.tsx'
import css from './state-button.module.css'
import { StateIcon } from './state-icon.tsx'

/** Work state and the time in it; opens what can be chosen. The one strong colour of a quiet screen. */
export function StateButton() {
  const { t } = useTranslation()
  const { word } = useWords()
  const { view, offsetMs } = useDesk()
  const [open, setOpen] = useState(false)
  if (!view) return <span className={css.waiting} />
  const { name, since } = workStateOf(view)
  const next = view.agent?.status.next
  const nextWord = next && word('state', next.status === 'available' ? 'available' : next.reason)
  return (
    <Flyout
      name={t('desk.state.menu')}
      open={open}
      onOpenChange={setOpen}
      content={<StateMenu view={view} onDone={() => setOpen(false)} />}
    >
      <button
        type="button"
        className={css.button}
        data-testid="state-button"
        data-state={name}
        data-tone={toneOf(name)}
        aria-expanded={open}
      >
        <span className="visually-hidden">{t('desk.state.menu')}: </span>
        <StateIcon state={name} />
        <span className={css.word}>{word('state', name)}</span>
        {since !== null && <Timer since={since} offsetMs={offsetMs} />}
        {nextWord && <span className={css.next}>→ {nextWord}</span>}
        <DownOutlined className={css.arrow} />
      </button>
    </Flyout>
  )
}
