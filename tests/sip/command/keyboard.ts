import { isDialable } from '../audio/dtmf.ts'

/** Keys of the terminal: digits to whoever wants them, q and Ctrl-C to `quit`. Without a terminal it does nothing. */
export function listenToKeyboard(quit: () => void): Disposable & { onDigit(press: (digit: string) => void): void } {
  const { stdin } = process
  const listeners: ((digit: string) => void)[] = []
  const onKeys = (keys: Buffer) => {
    for (const key of keys.toString()) {
      if (key === 'q' || key === '\u0003') quit()
      else if (isDialable(key)) for (const press of listeners) press(key)
    }
  }
  if (stdin.isTTY) {
    stdin.setRawMode(true)
    stdin.on('data', onKeys)
  }
  return {
    onDigit: (press) => void listeners.push(press),
    [Symbol.dispose]() {
      if (!stdin.isTTY) return
      stdin.off('data', onKeys)
      stdin.setRawMode(false)
      stdin.pause()
    },
  }
}
