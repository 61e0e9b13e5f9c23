import type { Dialog } from '../dialog/dialog.ts'
import { type SessionExpires, SessionTimer, sessionExpires } from '../dialog/session-timer.ts'
import type { SipMessage, SipResponse } from '../message/message.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import type { Core } from './core.ts'
import { endDialog } from './end-dialog.ts'
import { refreshSession } from './refresh-session.ts'

/** After a 2xx of ours to an INVITE or UPDATE; `agreed` is what it says. Without one the session has no timer any more. */
export function keepSessionAsUas(
  core: Core,
  dialog: Dialog<AppConnection>,
  request: SipMessage,
  agreed: SessionExpires | undefined,
): void {
  noteAllowed(dialog, request)
  keep(core, dialog, agreed && { seconds: agreed.seconds, refresher: agreed.refresher === 'uas' ? 'we' : 'they' })
}

/** After a 2xx to an INVITE or UPDATE that we sent (RFC 4028 section 7.2). */
export function keepSessionAsUac(core: Core, dialog: Dialog<AppConnection>, response: SipResponse): void {
  noteAllowed(dialog, response)
  const agreed = sessionExpires(response.headers)
  keep(core, dialog, agreed && { seconds: agreed.seconds, refresher: agreed.refresher === 'uas' ? 'they' : 'we' })
}

function keep(
  core: Core,
  dialog: Dialog<AppConnection>,
  session: { readonly seconds: number; readonly refresher: 'we' | 'they' } | undefined,
): void {
  dialog.session?.stop()
  dialog.session =
    session && session.seconds > 0 && dialog.state !== 'ended'
      ? new SessionTimer(
          session,
          core.scheduler,
          () => refreshSession(core, dialog, (response) => keepSessionAsUac(core, dialog, response)),
          () => endDialog(core, dialog, 'Session timer expired'),
        )
      : undefined
}

function noteAllowed(dialog: Dialog<AppConnection>, { headers }: SipMessage): void {
  if (headers.has('allow')) dialog.farEndUpdates = headers.list('allow').some((method) => method === 'UPDATE')
}
