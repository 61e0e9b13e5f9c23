import type { AppConnection } from './app-connection.ts'

/** Which applications take which requests: per verb a list, and whose turn it is (wire protocol, section 9). */
export class Routes {
  private readonly byVerb = new Map<string, { apps: AppConnection[]; turn: number }>()

  /** Asking twice gives no second turn: drachtio-srf repeats what it asked for until the answer has come. */
  add(verb: string, app: AppConnection): void {
    const entry = this.byVerb.get(verb)
    if (entry?.apps.includes(app)) return
    if (entry) entry.apps.push(app)
    else this.byVerb.set(verb, { apps: [app], turn: -1 })
  }

  /** Removes one registration. False when there was none. */
  remove(verb: string, app: AppConnection): boolean {
    const entry = this.byVerb.get(verb)
    const index = entry?.apps.indexOf(app) ?? -1
    if (!entry || index === -1) return false
    entry.apps.splice(index, 1)
    if (entry.apps.length === 0) this.byVerb.delete(verb)
    return true
  }

  has(verb: string): boolean {
    return this.byVerb.has(verb)
  }

  removeAll(app: AppConnection): void {
    for (const [verb, entry] of this.byVerb) {
      entry.apps = entry.apps.filter((other) => other !== app)
      if (entry.apps.length === 0) this.byVerb.delete(verb)
    }
  }

  /** The next application for a verb (lower case), in turn; with a tag, among those that have it. */
  next(verb: string, tag?: string): AppConnection | undefined {
    const entry = this.byVerb.get(verb)
    if (!entry) return undefined
    const { apps } = entry
    for (let tried = 0; tried < apps.length; tried++) {
      entry.turn = (entry.turn + 1) % apps.length
      const app = apps[entry.turn]
      if (app && (tag === undefined || app.tags.includes(tag))) return app
    }
    return undefined
  }
}
