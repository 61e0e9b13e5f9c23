import type { Dialog } from '../dialog/dialog.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import type { Core } from './core.ts'
import { deliverRequest } from './deliver.ts'

/** What an application has to know of a dialog to go on with it. */
export type OrphanedDialog = {
  readonly id: string
  readonly kind: 'INVITE' | 'SUBSCRIBE'
  readonly role: 'uas' | 'uac'
  readonly callId: string
  readonly localTag: string
  readonly remoteTag: string
  /** `"Alice" <sip:…>` without tag. */
  readonly localParty: string
  readonly remoteParty: string
  /** The far end's Contact. */
  readonly remoteTarget: string
  /** Our session description as last sent; empty when there was none. */
  readonly localSdp: string
  /** Since when it has no application, in ms since the epoch. */
  readonly orphanedAt: number
}

/** The confirmed dialogs that wait for the group of this application. */
export function orphansOf(core: Core, { group }: AppConnection): OrphanedDialog[] {
  if (group === undefined) return []
  return [...core.dialogs].filter((dialog) => isFor(dialog, group)).map(describe)
}

/**
 * Makes an application the owner of a dialog that waits for its group. Undefined when there is no such dialog. What was
 * held for the dialog is delivered separately, because the answer has to go first.
 */
export function adoptDialog(
  core: Core,
  app: AppConnection,
  id: string,
): { readonly dialog: OrphanedDialog; deliverHeld(): void } | undefined {
  const dialog = core.dialogs.get(id)
  if (!dialog || app.group === undefined || !isFor(dialog, app.group)) return undefined
  const description = describe(dialog)
  dialog.owner = app
  dialog.orphaned = undefined
  return {
    dialog: description,
    deliverHeld() {
      for (const incoming of core.incoming.values()) {
        if (incoming.dialog !== dialog || incoming.app) continue
        incoming.app = app
        deliverRequest(app, incoming)
      }
    },
  }
}

function isFor({ state, orphaned }: Dialog<AppConnection>, group: string): boolean {
  return state === 'confirmed' && orphaned?.group === group
}

function describe(dialog: Dialog<AppConnection>): OrphanedDialog {
  const { kind, role, callId, localTag, localParty, remoteParty } = dialog.origin
  const { id, remoteTag, remoteTarget, localSdp, orphaned } = dialog
  return {
    ...{ id, kind, role, callId, localTag, remoteTag, localParty, remoteParty, remoteTarget, localSdp },
    orphanedAt: orphaned?.at ?? 0,
  }
}
