export type ShortcutId = keyof typeof shortcuts

type Shortcut = {
  group: 'call' | 'pages' | 'wrapUp'
  /** Chords outside of text fields; `g c` is g, then c. */
  keys: readonly string[]
  /** Chords while typing. */
  inText: readonly string[]
}

/**
 * Every key of the application.
 *
 * @NOTE In text fields Ctrl stands for the plain letter where that is safe. T and X keep to Alt: browsers own Ctrl+T, and
 * Ctrl+X is 'cut'; nobody must hang up on a caller by cutting a word. S too: a hand used to 'save' must not end the call.
 */
export const shortcuts = {
  answer: { group: 'call', keys: ['space'], inText: ['ctrl+space', 'alt+a'] },
  hold: { group: 'call', keys: ['h'], inText: ['ctrl+h', 'alt+h'] },
  mute: { group: 'call', keys: ['m'], inText: ['ctrl+m', 'alt+m'] },
  keypad: { group: 'call', keys: ['d'], inText: ['ctrl+d', 'alt+d'] },
  transfer: { group: 'call', keys: ['t'], inText: ['alt+t'] },
  survey: { group: 'call', keys: ['s'], inText: ['alt+s'] },
  hangUp: { group: 'call', keys: ['x'], inText: ['alt+x'] },
  disposition: {
    group: 'wrapUp',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    inText: ['alt+1', 'alt+2', 'alt+3', 'alt+4', 'alt+5', 'alt+6', 'alt+7', 'alt+8', 'alt+9'],
  },
  extend: { group: 'wrapUp', keys: ['+', 'shift++'], inText: ['alt++'] },
  complete: { group: 'wrapUp', keys: ['ctrl+enter'], inText: ['ctrl+enter'] },
  search: { group: 'pages', keys: ['/'], inText: [] },
  help: { group: 'pages', keys: ['?', 'shift+?'], inText: [] },
  goDesk: { group: 'pages', keys: ['g d'], inText: [] },
  goCustomers: { group: 'pages', keys: ['g c'], inText: [] },
  goContacts: { group: 'pages', keys: ['g l'], inText: [] },
  goTickets: { group: 'pages', keys: ['g t'], inText: [] },
  goBoard: { group: 'pages', keys: ['g b'], inText: [] },
  goSettings: { group: 'pages', keys: ['g s'], inText: [] },
} as const satisfies Record<string, Shortcut>
