/** Where an agent's phone is reached, as its REGISTER said. */
export type PhoneBinding = {
  /** The Contact URI: the request URI of calls to it. */
  contact: string
  /** The address it registered from, as a SIP URI, when calls must go there (UDP, perhaps behind NAT); null: the contact. */
  via: string | null
  expiresAt: number
}
