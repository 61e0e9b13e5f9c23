import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

export type DnsRecord =
  | { readonly type: 'A'; readonly address: string; readonly ttl?: number }
  | { readonly type: 'AAAA'; readonly address: readonly number[]; readonly ttl?: number }
  | {
      readonly type: 'SRV'
      readonly priority: number
      readonly weight: number
      readonly port: number
      readonly target: string
    }
  | {
      readonly type: 'NAPTR'
      readonly order: number
      readonly preference: number
      readonly service: string
      readonly replacement: string
    }

const types = { A: 1, AAAA: 28, SRV: 33, NAPTR: 35 } as const

/** A DNS server for tests: answers from a table, NXDOMAIN to anything else, and notes what it was asked. */
export class DnsResponder implements AsyncDisposable {
  /** `SRV _sip._udp.example.com`, in order. */
  readonly asked: string[] = []
  private readonly socket: Socket
  private readonly zone: Readonly<Record<string, readonly DnsRecord[]>>

  private constructor(socket: Socket, zone: Readonly<Record<string, readonly DnsRecord[]>>) {
    this.socket = socket
    this.zone = zone
    socket.on('message', (query, from) => socket.send(this.answer(query), from.port, from.address))
  }

  static async start(zone: Readonly<Record<string, readonly DnsRecord[]>>): Promise<DnsResponder> {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return new DnsResponder(socket, zone)
  }

  /** What `dnsServers` wants to hear. */
  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.socket, 'close')
    this.socket.close()
    await closed
  }

  private answer(query: Buffer): Buffer {
    const labels: string[] = []
    let at = 12
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length))
      at += 1 + length
    }
    const type = query.readUInt16BE(at + 1)
    const name = labels.join('.').toLowerCase()
    const typeName = Object.entries(types).find(([, number]) => number === type)?.[0] ?? String(type)
    this.asked.push(`${typeName} ${name}`)
    const records = (this.zone[name] ?? []).filter((record) => types[record.type] === type)
    const head = Buffer.alloc(12)
    head.writeUInt16BE(query.readUInt16BE(0), 0)
    head.writeUInt16BE(this.zone[name] ? 0x8580 : 0x8583, 2)
    head.writeUInt16BE(1, 4)
    head.writeUInt16BE(records.length, 6)
    return Buffer.concat([head, query.subarray(12, at + 5), ...records.map(encode)])
  }
}

function encode(record: DnsRecord): Buffer {
  const data = dataOf(record)
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0) // the name of the question
  head.writeUInt16BE(types[record.type], 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE('ttl' in record ? (record.ttl ?? 60) : 60, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

function dataOf(record: DnsRecord): Buffer {
  switch (record.type) {
    case 'A':
      return Buffer.from(record.address.split('.').map(Number))
    case 'AAAA':
      return Buffer.from(record.address)
    case 'SRV':
      return Buffer.concat([...[record.priority, record.weight, record.port].map(twoBytes), name(record.target)])
    case 'NAPTR':
      return Buffer.concat([
        ...[record.order, record.preference].map(twoBytes),
        ...['s', record.service, ''].map(text),
        name(record.replacement),
      ])
  }
}

function twoBytes(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255])
}

function text(value: string): Buffer {
  return Buffer.from(`${String.fromCharCode(value.length)}${value}`, 'latin1')
}

function name(value: string): Buffer {
  return Buffer.concat([...value.split('.').map(text), Buffer.from([0])])
}
