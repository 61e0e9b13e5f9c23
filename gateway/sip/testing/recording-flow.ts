import type { Flow } from '../src/transport/flow.ts'
import type { Listener } from '../src/transport/listener.ts'
import type { HandClock } from './hand-clock.ts'

/** A flow that goes nowhere and remembers what was sent when. `fail` makes the transport refuse. */
export class RecordingFlow implements Flow {
  readonly protocol: 'udp' | 'tcp'
  readonly reliable: boolean
  readonly framing: 'datagram' | 'stream'
  readonly listener: Listener
  readonly remote = { host: '192.0.2.9', port: 5060 }
  readonly open = true
  /** `<time> <text>` of each message. */
  readonly sent: string[] = []
  private readonly clock: HandClock
  private failed: (() => void) | undefined

  constructor(clock: HandClock, protocol: 'udp' | 'tcp') {
    this.clock = clock
    this.protocol = protocol
    this.reliable = protocol === 'tcp'
    this.framing = protocol === 'tcp' ? 'stream' : 'datagram'
    this.listener = {
      protocol,
      local: { host: '192.0.2.1', port: 5060 },
      addresses: ['192.0.2.1'],
      advertised: { host: '192.0.2.1', port: 5060 },
      external: false,
      connections: 0,
      flowTo: () => this,
      closeFrom() {},
      [Symbol.asyncDispose]: async () => {},
    }
  }

  send(bytes: Buffer, failed?: () => void): void {
    this.sent.push(`${this.clock.now} ${bytes}`)
    this.failed = failed
  }

  close(): void {}

  fail(): void {
    this.failed?.()
  }

  /** When each message left, in ms. */
  get times(): number[] {
    return this.sent.map((line) => Number(line.split(' ')[0]))
  }
}
