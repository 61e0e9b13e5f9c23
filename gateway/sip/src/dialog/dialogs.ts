import type { Dialog } from './dialog.ts'

/** All living dialogs, by the id applications use and by what requests from the network carry. */
export class Dialogs<Owner> {
  private readonly byId = new Map<string, Dialog<Owner>>()
  private readonly byCallId = new Map<string, Dialog<Owner>[]>()

  private tellEnded: (dialog: Dialog<Owner>, lastedMs: number) => void = () => {}

  get size(): number {
    return this.byId.size
  }

  /**
   * Adds a dialog. When a call comes back to us through a proxy, both its ends have the same Call-ID and From tag; the
   * second one then gets a longer id, so that neither is lost.
   */
  add(dialog: Dialog<Owner>): void {
    let id = dialog.id
    for (let leg = 2; this.byId.has(id); leg++) id = `${dialog.id};leg=${leg}`
    dialog.id = id
    this.byId.set(id, dialog)
    const sameCall = this.byCallId.get(dialog.origin.callId)
    if (sameCall) sameCall.push(dialog)
    else this.byCallId.set(dialog.origin.callId, [dialog])
  }

  /** Tells how long each answered call lasted, in ms. */
  whenEnded(tell: (dialog: Dialog<Owner>, lastedMs: number) => void): void {
    this.tellEnded = tell
  }

  remove(dialog: Dialog<Owner>): void {
    if (dialog.state === 'confirmed' && dialog.origin.kind === 'INVITE')
      this.tellEnded(dialog, performance.now() - dialog.confirmedAt)
    dialog.state = 'ended'
    dialog.session?.stop()
    dialog.session = undefined
    if (this.byId.get(dialog.id) === dialog) this.byId.delete(dialog.id)
    const { callId } = dialog.origin
    const left = this.byCallId.get(callId)?.filter((other) => other !== dialog) ?? []
    if (left.length > 0) this.byCallId.set(callId, left)
    else this.byCallId.delete(callId)
  }

  get(id: string): Dialog<Owner> | undefined {
    return this.byId.get(id)
  }

  /** By the tags of a message from the network. A dialog that is still early takes any remote tag: calls fork. */
  find(callId: string, localTag: string, remoteTag: string): Dialog<Owner> | undefined {
    return this.byCallId
      .get(callId)
      ?.find(
        (dialog) => dialog.origin.localTag === localTag && (dialog.remoteTag === remoteTag || dialog.state === 'early'),
      )
  }

  /** The confirmed dialog of an application with this Call-ID: digest retries name it so. */
  findConfirmed(callId: string, owner: Owner): Dialog<Owner> | undefined {
    return this.byCallId.get(callId)?.find((dialog) => dialog.owner === owner && dialog.state === 'confirmed')
  }

  /** Whether any dialog is such; looks at all. */
  some(is: (dialog: Dialog<Owner>) => boolean): boolean {
    return this.byId.values().some(is)
  }

  [Symbol.iterator](): Iterator<Dialog<Owner>> {
    return this.byId.values()
  }
}
