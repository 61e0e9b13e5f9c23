import type { Header } from './message.ts'

/** What this phone understands. REFER is not in it: it never transfers itself. */
export const allowHeader: Header = ['Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, NOTIFY, UPDATE, PRACK, MESSAGE']
export const userAgentHeader: Header = ['User-Agent', 'Ringdown test phone']
