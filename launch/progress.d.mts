export type Paint = Record<'good' | 'bad' | 'warn' | 'accent' | 'bold' | 'dim', (text: string) => string>

/** Says what a running step is doing; the last note stays on its line. */
export type Note = (text: string) => void

export type Progress = {
  colour: Paint
  /** When the whole command began. */
  startedAt: number
  line(text?: string): void
  /** Runs an action as one line of output; what it throws is thrown on. */
  step<T>(name: string, action: (note: Note) => T | Promise<T>): Promise<T>
}

export type OutputStream = { write(text: string): unknown; isTTY?: boolean }

export function createProgress(stream?: OutputStream, startedAt?: number): Progress
export function paint(stream: OutputStream): Paint
