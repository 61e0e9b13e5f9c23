/**
 * What a leg does in a mix:
 * talk: is heard by all; listen, muted: hears only (the one by its kind, the other for the moment); whisper: is heard by
 * one leg only; hold: neither hears nor is heard.
 */
export type Role = { is: 'talk' | 'listen' | 'muted' | 'hold' } | { is: 'whisper'; to: string }

/** Whether one hears the other. */
export function hears(listener: { id: string; role: Role }, speaker: { id: string; role: Role }): boolean {
  if (listener.id === speaker.id || listener.role.is === 'hold') return false
  return speaker.role.is === 'talk' || (speaker.role.is === 'whisper' && speaker.role.to === listener.id)
}
