import { isIP } from 'node:net'
import { z } from 'zod'

/** `10.0.0.0/8`, `2001:db8::/32`, or a single address. */
export const Network = z.string().refine((text) => {
  const [address = '', bits = '0', more] = text.split('/')
  const width = isIP(address) === 6 ? 128 : 32
  return isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= width && more === undefined
}, 'it is no IP address and no network like 10.0.0.0/8')
