const supported = 'Notification' in globalThis

/** True too where nothing is left to ask. */
export const notificationsAllowed = (): boolean => !supported || Notification.permission !== 'default'

export async function allowNotifications(): Promise<boolean> {
  if (supported) await Notification.requestPermission()
  return notificationsAllowed()
}

/** Shows the caller on the desktop while the page is in the background; returns how to take it away. */
export function notify(title: string, body: string, tag: string): () => void {
  if (!supported || Notification.permission !== 'granted' || document.hasFocus()) return () => {}
  const shown = new Notification(title, { body, tag, requireInteraction: true, icon: '/ringdown.svg' })
  shown.onclick = () => {
    window.focus()
    shown.close()
  }
  return () => shown.close()
}
