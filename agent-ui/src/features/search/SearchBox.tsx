import { SearchOutlined } from '@ant-design/icons'
import { type KeyboardEvent, useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { KeyHint } from '../../ui/index.ts'
import { useShortcut } from '../shortcuts/index.ts'
import css from './search.module.css'
import { useFindings } from './use-findings.ts'

/** One box for customers, tickets and contacts; `/` comes here, arrows and Enter go there. */
export function SearchBox() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState(0)
  const asked = useDeferredValue(text.trim())
  const { findings, settled } = useFindings(open ? asked : '')
  useShortcut('search', () => input.current?.select())

  function go(to: string | undefined) {
    if (!to) return
    navigate(to)
    setText('')
    input.current?.blur()
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') setChosen((i) => Math.min(i + 1, findings.length - 1))
    else if (event.key === 'ArrowUp') setChosen((i) => Math.max(i - 1, 0))
    else if (event.key === 'Enter') go(findings[chosen]?.to)
    else if (event.key === 'Escape') input.current?.blur()
    else return
    event.preventDefault()
  }

  return (
    <search className={css.box}>
      <SearchOutlined />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label={t('frame.search.label')}
        aria-expanded={open && asked.length > 1}
        aria-controls="search-findings"
        placeholder={t('frame.search.placeholder')}
        value={text}
        onChange={(e) => {
          setText(e.target.value)
          setChosen(0)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <KeyHint keys="/" />
      {open && asked.length > 0 && (
        <div id="search-findings" className={css.findings} role="listbox" tabIndex={-1}>
          {asked.length < 2 && <p>{t('frame.search.hint')}</p>}
          {asked.length > 1 && settled && findings.length === 0 && <p>{t('frame.search.nothing', { text: asked })}</p>}
          {findings.map((finding, i) => (
            <div key={finding.to}>
              {finding.kind !== findings[i - 1]?.kind && <h4>{t(`frame.search.${finding.kind}`)}</h4>}
              <div
                role="option"
                tabIndex={-1}
                aria-selected={i === chosen}
                onPointerDown={(e) => {
                  e.preventDefault()
                  go(finding.to)
                }}
              >
                <b>{finding.title}</b>
                <span>{finding.detail}</span>
              </div>
            </div>
          ))}
        </div>
      )}
    </search>
  )
}
