import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isTextField } from '../../ui/index.ts'
import css from './call-dock.module.css'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const

/** Keys for the caller's side; while it is open the keyboard's digits press them too. */
export function Keypad({ onKey }: { onKey: (digits: string) => Promise<unknown> }) {
  const { t } = useTranslation()
  const [sent, setSent] = useState('')
  function press(key: string) {
    void onKey(key).then((done) => done && setSent((before) => (before + key).slice(-16)))
  }
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (isTextField(event.target) || event.ctrlKey || event.altKey || event.metaKey) return
    if (KEYS.includes(event.key as (typeof KEYS)[number])) press(event.key)
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
  return (
    <div className={css.keypad} data-testid="keypad-keys">
      <output>{sent && t('desk.call.sent', { digits: sent })}</output>
      {KEYS.map((key) => (
        <button key={key} type="button" onClick={() => press(key)}>
          {key}
        </button>
      ))}
    </div>
  )
}
