import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { type ShortcutId, shortcuts } from './shortcut-list.ts'
import css from './shortcut-sheet.module.css'

const pages: Partial<Record<ShortcutId, 'desk' | 'customers' | 'contacts' | 'tickets' | 'board' | 'settings'>> = {
  goDesk: 'desk',
  goCustomers: 'customers',
  goContacts: 'contacts',
  goTickets: 'tickets',
  goBoard: 'board',
  goSettings: 'settings',
}
const groups = ['call', 'wrapUp', 'pages'] as const

/** All keys on one sheet. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const ids = Object.keys(shortcuts) as ShortcutId[]
  const label = (id: ShortcutId): string => {
    const page = pages[id]
    return page
      ? t('frame.shortcuts.goTo', { page: t(`frame.nav.${page}`) })
      : String(i18n.t(`frame.shortcuts.${id}` as never))
  }
  const chord = (keys: string) =>
    keys.split(' ').map((part, i) => (
      <span key={part}>
        {i > 0 && <small> {t('frame.shortcuts.afterwards')} </small>}
        <kbd className="key-hint">{part === 'space' ? t('desk.pop.space') : part.replace('shift+', '')}</kbd>
      </span>
    ))
  const shown = (id: ShortcutId): string =>
    id === 'disposition' ? '1 … 9' : (shortcuts[id].keys[0] as string).replaceAll('ctrl+enter', 'Ctrl+Enter')
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('frame.shortcuts.title')} width={720}>
      <div className={css.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{t(`frame.shortcuts.${group}`)}</h3>
            {ids
              .filter((id) => shortcuts[id].group === group)
              .map((id) => (
                <div key={id} className={css.row}>
                  <span>{label(id)}</span>
                  <span className={css.keys}>
                    {id === 'disposition' ? <kbd className="key-hint">1 … 9</kbd> : chord(shown(id))}
                    {shortcuts[id].inText.length > 0 && id !== 'complete' && (
                      <small title={t('frame.shortcuts.inText')}>
                        {id === 'disposition'
                          ? 'Alt+1 … 9'
                          : (shortcuts[id].inText as readonly string[]).map(written).join(' / ')}
                      </small>
                    )}
                  </span>
                </div>
              ))}
          </section>
        ))}
      </div>
    </Modal>
  )
}

const written = (chord: string): string =>
  chord.replace(/(^|\+)(\w)/g, (_, plus: string, letter: string) => plus + letter.toUpperCase())
