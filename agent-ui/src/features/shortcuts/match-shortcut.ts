import { type ShortcutId, shortcuts } from './shortcut-list.ts'

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>

/** `h`, `ctrl+enter`, `alt+x`, `shift+?`; Command counts as Ctrl, case does not count. */
export function chordOf(press: KeyPress): string {
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1] ?? /^Digit(\d)$/.exec(press.code)?.[1]
  // With Alt a Mac types other characters: the place of the key says what is meant.
  const key = press.altKey && letter ? letter.toLowerCase() : press.key === ' ' ? 'space' : press.key.toLowerCase()
  const parts = [press.ctrlKey || press.metaKey ? 'ctrl' : '', press.altKey ? 'alt' : '', press.shiftKey ? 'shift' : '']
  return [...parts.filter(Boolean), key].join('+')
}

export type Match = { id: ShortcutId; index: number }

/** Which shortcut a chord means, after a first key such as `g`; `prefix`: it begins one. */
export function matchShortcut(
  chord: string,
  pending: string | null,
  typing: boolean,
): { match: Match | null; prefix: string | null } {
  const wanted = pending ? `${pending} ${chord}` : chord
  let prefix: string | null = null
  for (const id of Object.keys(shortcuts) as ShortcutId[]) {
    const lists = chordsOf(id, typing)
    const index = lists.map((chords) => chords.indexOf(wanted)).find((at) => at >= 0)
    if (index !== undefined) return { match: { id, index }, prefix: null }
    if (!pending && lists[0]?.some((each) => each.startsWith(`${chord} `))) prefix = chord
  }
  return { match: null, prefix }
}

/** What is learnt while typing holds everywhere where no letter is lost by it: with Alt. */
function chordsOf(id: ShortcutId, typing: boolean): (readonly string[])[] {
  const { keys, inText }: { keys: readonly string[]; inText: readonly string[] } = shortcuts[id]
  return typing ? [inText] : [keys, inText.filter((chord) => chord.startsWith('alt+'))]
}
