/** One thing that is started, watched and stopped: a process of ours or an embedded database. */
export type Service = {
  name: string
  /** Resolves when it is ready to be used; rejects, with nothing left running, when it could not start. */
  start(): Promise<RunningService>
}

export type RunningService = {
  /** Resolves with the reason when it is gone, whoever ended it. */
  exited: Promise<string>
  /** Asks it to end and waits; forces it after a while. */
  stop(): Promise<void>
  /** Ends it this instant. */
  kill(): void
}
