import type { Dialog } from '../dialog/dialog.ts'
import { newBranch } from '../message/ids.ts'
import { formatVia } from '../message/via.ts'
import type { Flow } from '../transport/flow.ts'
import type { RequestBase } from './compose-request.ts'
import type { Core } from './core.ts'
import { nextHop } from './dialog-target.ts'
import { type Reached, reach } from './reach.ts'

/** Finds the way for the next request of a dialog: its connection or NAT address, else route set or remote target. */
export function reachDialog<Owner>(core: Core, dialog: Dialog<Owner>, use: (reached: Reached) => void): void {
  if (dialog.override?.open) {
    use({ flow: dialog.override, next: undefined })
    return
  }
  reach(core, nextHop(dialog).next, use)
}

/** The fixed part of a request in a dialog. */
export function dialogBase<Owner>(dialog: Dialog<Owner>, flow: Flow, seq: number, maxForwards = '70'): RequestBase {
  const { uri, routes } = nextHop(dialog)
  const branch = newBranch()
  const { host, port } = flow.listener.advertised
  return {
    uri,
    routes,
    branch,
    via: formatVia(flow.protocol, host, port, branch),
    maxForwards,
    from: dialog.local,
    to: dialog.remote,
    callId: dialog.origin.callId,
    seq,
  }
}
