// Plain JavaScript without dependencies: the bootstrap uses it before anything is installed, on any Node since 20.

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const frameMs = 100
const nameWidth = 15
const noteWidth = 52

/** Writes one line for each step, with what it did and how long it took; on a terminal the line moves while it lasts. */
export function createProgress(stream = process.stdout, startedAt = Date.now()) {
  const colour = paint(stream)
  const write = (text) => stream.write(text)

  return {
    colour,
    startedAt,
    line: (text = '') => write(`${text}\n`),

    async step(name, action) {
      const since = Date.now()
      let latest = ''
      const draw = (mark, note) => {
        const time = `${((Date.now() - since) / 1000).toFixed(1)} s`.padStart(8)
        const shown = note.length > noteWidth ? `${note.slice(0, noteWidth - 1)}…` : note
        return `  ${mark} ${name.padEnd(nameWidth)}${shown.padEnd(noteWidth)}${colour.dim(time)}`
      }
      let frame = 0
      const animate = () => write(`\r\x1b[2K${draw(colour.accent(frames[frame++ % frames.length]), latest)}`)
      const timer = stream.isTTY ? setInterval(animate, frameMs) : undefined
      const finish = (mark) => {
        clearInterval(timer)
        write(`${timer ? '\r\x1b[2K' : ''}${draw(mark, latest)}\n`)
      }
      if (timer) animate()
      try {
        const value = await action((note) => {
          latest = note
        })
        finish(colour.good('✓'))
        return value
      } catch (error) {
        finish(colour.bad('✗'))
        throw error
      }
    },
  }
}

/** Colours on a terminal, plain text elsewhere (https://no-color.org). */
export function paint(stream) {
  const wanted = Boolean(stream.isTTY) && !process.env.NO_COLOR
  const code = (open, close) => (text) => (wanted ? `\x1b[${open}m${text}\x1b[${close}m` : text)
  return {
    good: code(32, 39),
    bad: code(31, 39),
    warn: code(33, 39),
    accent: code(36, 39),
    bold: code(1, 22),
    dim: code(2, 22),
  }
}
