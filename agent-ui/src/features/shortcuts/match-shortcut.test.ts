import { expect, it } from 'vitest'
import { chordOf, type KeyPress, matchShortcut } from './match-shortcut.ts'
import { shortcuts } from './shortcut-list.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
})

it('names a chord by what is held and pressed', () => {
  expect(chordOf(press(' '))).toBe('space')
  expect(chordOf(press('H'))).toBe('h')
  expect(chordOf(press('Enter', { metaKey: true }))).toBe('ctrl+enter')
  expect(chordOf(press('≈', { altKey: true, code: 'KeyX' }))).toBe('alt+x')
})

it('leaves plain letters to a text field', () => {
  expect(matchShortcut('h', null, false).match?.id).toBe('hold')
  expect(matchShortcut('h', null, true).match).toBeNull()
  expect(matchShortcut('ctrl+h', null, true).match?.id).toBe('hold')
})

it('takes the Alt chords everywhere, so that nobody has to look where the cursor is', () => {
  expect(matchShortcut('alt+x', null, false).match?.id).toBe('hangUp')
  expect(matchShortcut('alt+3', null, false).match).toEqual({ id: 'disposition', index: 2 })
  expect(matchShortcut('ctrl+h', null, false).match).toBeNull()
})

it('never hangs up on a cut, nor sends a survey on a save', () => {
  expect(matchShortcut('ctrl+x', null, true).match).toBeNull()
  expect(matchShortcut('ctrl+s', null, true).match).toBeNull()
})

it('goes to a page by two keys', () => {
  expect(matchShortcut('g', null, false)).toEqual({ match: null, prefix: 'g' })
  expect(matchShortcut('t', 'g', false).match?.id).toBe('goTickets')
  expect(matchShortcut('t', null, false).match?.id).toBe('transfer')
})

it('gives no chord two meanings', () => {
  for (const place of ['keys', 'inText'] as const) {
    const all = Object.values(shortcuts).flatMap((s): readonly string[] => s[place])
    expect(new Set(all).size).toBe(all.length)
  }
})
