import { constants, createHash, createPrivateKey, createPublicKey, generateKeyPair, type JsonWebKey, privateDecrypt, publicEncrypt, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { invalid } from '../../kernel/errors.ts'

// Blind signatures as RFC 9474 has them (RSABSSA-SHA384-PSS-Deterministic: what is signed is random already). The one who signs needs no
// more than raw RSA, which the platform does in about a millisecond, and a signature is checked as any of RSASSA-PSS.

const BITS = 2048
/** The bytes of a blinded token and of a signature, and those of a token. */
export const [SIGNED, TOKEN] = [BITS / 8, 32]

const generate = promisify(generateKeyPair)

/** A new key: its private half as JWK, and the modulus, which voters blind with; the exponent is 65537. */
export async function makeKey(): Promise<{ modulus: string; secret: JsonWebKey }> {
  const { privateKey } = await generate('rsa', { modulusLength: BITS, publicExponent: 65537 })
  const secret = privateKey.export({ format: 'jwk' })
  return { modulus: secret.n!, secret }
}

const raw = { padding: constants.RSA_NO_PADDING }
const publicKey = (modulus: string) => createPublicKey({ key: { kty: 'RSA', n: modulus, e: 'AQAB' }, format: 'jwk' })

/** Signs what is blinded. @throws Refusal 422 when it is no number below the modulus */
export function signBlinded(secret: JsonWebKey, blinded: Buffer): Buffer {
  try {
    const signed = privateDecrypt({ key: createPrivateKey({ key: secret, format: 'jwk' }), ...raw }, blinded)
    // A fault in the computation would give the key away (RFC 9474, 4.3).
    if (publicEncrypt({ key: publicKey(secret.n!), ...raw }, signed).equals(blinded)) return signed
  } catch {
    // Said below.
  }
  throw invalid('bad_ballot', 'This is no blinded token for this poll. Ask for a ballot anew.')
}

/** Whether a token was signed with the key of this modulus. */
export const isSigned = (modulus: string, token: Buffer, signature: Buffer): boolean =>
  verify('sha384', token, { key: publicKey(modulus), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }, signature)

/** What is kept of a request for a ballot, so that the same one is answered again. */
export const fingerprint = (blinded: Buffer): Buffer => createHash('sha256').update(blinded).digest()
