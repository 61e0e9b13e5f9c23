import { LogoutOutlined } from '@ant-design/icons'
import type { Me } from '@ringdown/core/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useWords } from '../../features/catalogue/index.ts'
import { useDesk } from '../../features/desk-state/index.ts'
import { savePreferences, signOut, useMe } from '../../features/session/index.ts'
import { Choice } from '../../features/ticket-draft/index.ts'
import { Avatar, Flyout, failureText, KeyHint, toast } from '../../ui/index.ts'
import css from './frame.module.css'

const themes: Me['theme'][] = ['system', 'light', 'dark']

/** Language, appearance, keys, and leaving. */
export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation()
  const { word } = useWords()
  const me = useMe()
  const { view } = useDesk()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const working = view?.agent?.session != null && view.agent.work.state !== 'idle'
  const save = (changes: Parameters<typeof savePreferences>[0]) =>
    savePreferences(changes).catch((error: unknown) => toast('error', failureText(t, error)))
  const leave = () =>
    signOut().then(
      () => navigate('/sign-in'),
      (error: unknown) => toast('error', failureText(t, error)),
    )
  return (
    <Flyout
      name={t('frame.user.menu')}
      open={open}
      onOpenChange={setOpen}
      content={
        <div className={css.userMenu}>
          <p>
            <b>{me.name}</b> <small>{word('role', me.role)}</small>
          </p>
          <Choice
            name={t('frame.user.language')}
            value={me.language}
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(language) => void save({ language })}
          />
          <Choice
            name={t('frame.user.theme')}
            value={me.theme}
            options={themes.map((value) => ({ value, label: t(`frame.user.${value}`) }))}
            onChange={(theme) => void save({ theme })}
          />
          <hr />
          <button
            type="button"
            onClick={() => {
              setOpen(false)
              onHelp()
            }}
          >
            {t('frame.user.shortcuts')} <KeyHint keys="?" />
          </button>
          <button type="button" data-testid="leave" disabled={working} onClick={() => void leave()}>
            <span>
              <LogoutOutlined /> {t('frame.user.signOut')}
            </span>
          </button>
          {working && <small>{t('frame.user.callPending')}</small>}
        </div>
      }
    >
      <button type="button" className={css.user} aria-expanded={open} title={me.name} data-testid="user-menu">
        <Avatar name={me.name} />
        <span className="visually-hidden">{t('frame.user.menu')}: </span>
        <span className={css.name}>{me.name}</span>
      </button>
    </Flyout>
  )
}
