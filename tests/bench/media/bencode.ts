/** What rtpengine's control protocol is made of. */
export type Bencoded = string | number | Bencoded[] | { [key: string]: Bencoded }

export function bencode(value: Bencoded): string {
  if (typeof value === 'number') return `i${value}e`
  if (typeof value === 'string') return `${Buffer.byteLength(value)}:${value}`
  if (Array.isArray(value)) return `l${value.map(bencode).join('')}e`
  const pairs = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `d${pairs.map(([key, item]) => bencode(key) + bencode(item)).join('')}e`
}

export function bdecode(data: Buffer): Bencoded {
  return decode(data, { at: 0 })
}

function decode(data: Buffer, place: { at: number }): Bencoded {
  const kind = String.fromCharCode(data[place.at]!)
  if (kind === 'i') {
    const end = data.indexOf('e', place.at)
    const number = Number(data.toString('latin1', place.at + 1, end))
    place.at = end + 1
    return number
  }
  if (kind === 'l' || kind === 'd') {
    const items: Bencoded[] = []
    for (place.at++; data[place.at] !== 0x65; ) items.push(decode(data, place))
    place.at++
    if (kind === 'l') return items
    return Object.fromEntries(items.flatMap((key, i) => (i % 2 === 0 ? [[String(key), items[i + 1]!]] : [])))
  }
  const colon = data.indexOf(':', place.at)
  const start = colon + 1
  place.at = start + Number(data.toString('latin1', place.at, colon))
  return data.toString('utf8', start, place.at)
}
