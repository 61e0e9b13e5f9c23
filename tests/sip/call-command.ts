import { explainFailure } from './command/explain-failure.ts'
import { listenToKeyboard } from './command/keyboard.ts'
import { type CallerOptions, parseOptions, usage } from './command/options.ts'
import { type CallerReport, runCaller } from './command/run-caller.ts'
import { reach } from './command/target.ts'
import { printEntry } from './command/timeline.ts'
import { endpointOf } from './phone/address.ts'

/** `npm run call`: exit code 0 when every call was answered, 1 when one was not, 2 when an option is wrong. */
process.exitCode = await main(process.argv.slice(2))

async function main(args: string[]): Promise<number> {
  let options: CallerOptions | undefined
  try {
    options = parseOptions(args, process.env)
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`)
    return 2
  }
  if (!options) {
    console.log(usage)
    return 0
  }
  try {
    return await call(options)
  } catch (error) {
    console.error((error as Error).message)
    return 1
  }
}

async function call(options: CallerOptions): Promise<number> {
  const { localHost, refused } = await reach(endpointOf(options.to))
  if (refused) {
    console.error(explainFailure({ by: 'nobody', how: 'no response' }, options.to))
    return 1
  }
  const reports = await callAll(options, localHost)
  if (options.json) console.log(JSON.stringify(reports, undefined, 2))
  else for (const report of reports) printReport(report)
  return reports.every((report) => report.answered) ? 0 : 1
}

async function callAll(options: CallerOptions, localHost: string): Promise<CallerReport[]> {
  const stop = new AbortController()
  process.once('SIGTERM', () => stop.abort())
  process.on('SIGINT', () => (stop.signal.aborted ? process.exit(130) : stop.abort()))
  const alone = options.count === 1
  using keyboard = listenToKeyboard(() => (stop.signal.aborted ? process.exit(130) : stop.abort()))
  const callers = Array.from({ length: options.count }, (_, i) => {
    const from = numberAfter(options.from, i)
    const prefix = alone ? '' : `${from}  `
    return runCaller(options, from, {
      localHost,
      stop: stop.signal,
      tell: (entry) => options.json || console.log(prefix + printEntry(entry)),
      keys: (press) => keyboard.onDigit(press),
    })
  })
  return Promise.all(callers)
}

function printReport(report: CallerReport): void {
  const { sent, received, lost } = report.rtp
  console.log(`\n${report.from} → ${report.to}   Call-ID ${report.callId}`)
  console.log(report.printedLadder)
  console.log(`RTP: ${sent} packets sent, ${received} received, ${lost} lost`)
  if (!report.answered) console.error(explainFailure(report.end, report.to))
}

/** 13900138000, 13900138001 …; a leading + and zeros stay. */
function numberAfter(number: string, i: number): string {
  const digits = number.replace(/^\+/, '')
  return (number.startsWith('+') ? '+' : '') + (BigInt(digits) + BigInt(i)).toString().padStart(digits.length, '0')
}
