// The voter's side of a blind signature (RFC 9474, RSABSSA-SHA384-PSS-Deterministic): whoever signs sees a number that any token could
// have given, and what comes of it is a signature of RSASSA-PSS as the server's own library checks it. All the arithmetic is here, for it is
// little; a library brings ten times as much. Nothing secret of the server is in it, so that it need not take the same time for all numbers.

const EXPONENT = 65537n
const [LENGTH, HASH, SALT] = [256, 48, 48]

/** What a voter keeps of a token until it is signed. */
export type Blinded = { token: string; blinded: string; encoded: string; inverse: string }

/** Makes a token of 32 random bytes, and blinds it for the key with this modulus (base64url). */
export async function blind(modulus: string): Promise<Blinded> {
  const n = toNumber(fromText(modulus))
  const token = crypto.getRandomValues(new Uint8Array(32))
  const encoded = toNumber(await encode(token))
  const factor = numberBelow(n)
  const blinded = (encoded * power(factor, EXPONENT, n)) % n
  return { token: toText(token), blinded: toText(toBytes(blinded)), encoded: toText(toBytes(encoded)), inverse: toText(toBytes(inverseOf(factor, n))) }
}

/** The signature of the token itself. @throws Error when what came is not the signature of this token */
export function unblind(modulus: string, { encoded, inverse }: Blinded, signature: string): string {
  const n = toNumber(fromText(modulus))
  const signed = (toNumber(fromText(signature)) * toNumber(fromText(inverse))) % n
  if (power(signed, EXPONENT, n) !== toNumber(fromText(encoded))) throw new Error('not signed')
  return toText(toBytes(signed))
}

// EMSA-PSS-ENCODE of RFC 8017, 9.1.1, for 2047 bits.
async function encode(token: Uint8Array): Promise<Uint8Array> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT))
  const hash = await sha384(join(new Uint8Array(8), await sha384(token), salt))
  const data = new Uint8Array(LENGTH - HASH - 1)
  data[data.length - SALT - 1] = 1
  data.set(salt, data.length - SALT)
  const mask = await maskOf(hash, data.length)
  const masked = data.map((byte, i) => byte ^ mask[i])
  masked[0] &= 0x7f
  return join(masked, hash, Uint8Array.of(0xbc))
}

// MGF1 of RFC 8017, B.2.1.
async function maskOf(seed: Uint8Array, length: number): Promise<Uint8Array> {
  const parts = await Promise.all(Array.from({ length: Math.ceil(length / HASH) }, (_, i) => sha384(join(seed, Uint8Array.of(0, 0, 0, i)))))
  return join(...parts).slice(0, length)
}

const sha384 = async (bytes: Uint8Array): Promise<Uint8Array> => new Uint8Array(await crypto.subtle.digest('SHA-384', bytes as Uint8Array<ArrayBuffer>))

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus]
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

// The extended Euclidean algorithm. What has no inverse would be a factor of the modulus, and nobody meets one.
function inverseOf(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [modulus, value, 0n, 1n]
  while (b) {
    const q = a / b
    ;[a, b, x, y] = [b, a - q * b, y, x - q * y]
  }
  return x < 0n ? x + modulus : x
}

/** Any number from 1 on with the same chance. */
function numberBelow(n: bigint): bigint {
  for (;;) {
    const number = toNumber(crypto.getRandomValues(new Uint8Array(LENGTH)))
    if (number > 0n && number < n) return number
  }
}

function join(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`)
const toBytes = (number: bigint): Uint8Array => Uint8Array.from(number.toString(16).padStart(2 * LENGTH, '0').match(/../g)!, (pair) => Number.parseInt(pair, 16))
const toText = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const fromText = (text: string): Uint8Array => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
