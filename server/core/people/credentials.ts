import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** A secret of 256 bits with a prefix that scanners for leaked secrets can know. */
export const newSecret = (prefix: string) => prefix + randomBytes(32).toString('base64url')

/** Secrets are kept only as their SHA-256: they have full entropy, so a slow hash would add nothing. */
export const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest()

// OWASP's minimum for argon2id (m=19 MiB, t=2, p=1). Hashing runs in libuv's bounded pool of four threads.
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON)

// What is verified when nobody has that name, so that the answer takes as long.
const nobody = hashPassword(newSecret(''))

/** True when the password fits; takes as long when there is no such person. */
export async function passwordFits(stored: string | null | undefined, password: string): Promise<boolean> {
  const fits = await verify(stored ?? (await nobody), password)
  return fits && stored !== null && stored !== undefined
}
