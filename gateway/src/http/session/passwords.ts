import { hash, verify } from '@node-rs/argon2'

/** OWASP's least for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** An argon2id hash, parameters included. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST)

/** A hash of nothing anyone types: signing in as nobody takes as long as with a wrong password. */
const nobody = hashPassword('nobody has this password')

/** True when the password is the one of the hash; without a hash, false after the same time. */
export async function passwordFits(password: string, passwordHash: string | undefined): Promise<boolean> {
  const fits = await verify(passwordHash ?? (await nobody), password)
  return fits && passwordHash !== undefined
}
