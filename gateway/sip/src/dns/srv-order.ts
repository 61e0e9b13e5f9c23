export type SrvRecord = {
  readonly name: string
  readonly port: number
  readonly priority: number
  readonly weight: number
}

/**
 * RFC 2782: lower priorities first; within one, each next record is drawn with a chance that grows with its weight.
 * `random` gives 0 ≤ x < 1.
 */
export function orderSrv(records: readonly SrvRecord[], random: () => number = Math.random): SrvRecord[] {
  const ordered: SrvRecord[] = []
  const left = records.toSorted((a, b) => a.priority - b.priority || a.weight - b.weight)
  while (left.length > 0) {
    const { priority } = left[0] as SrvRecord
    const peers = left.filter((record) => record.priority === priority)
    const total = peers.reduce((sum, { weight }) => sum + weight, 0)
    let mark = random() * (total + 1)
    const index = peers.findIndex(({ weight }) => {
      mark -= weight
      return mark <= 0
    })
    const [drawn] = left.splice(index === -1 ? peers.length - 1 : index, 1)
    if (drawn) ordered.push(drawn)
  }
  return ordered
}
