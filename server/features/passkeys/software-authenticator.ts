import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)])
const bytes = (value: Buffer) => Buffer.concat([Buffer.from([0x59, value.length >> 8, value.length & 0xff]), value])
const b64 = (data: Buffer | string) => Buffer.from(data).toString('base64url')

type Quirks = { origin?: string; rpId?: string; verified?: boolean; counter?: number; userHandle?: string }

/** An authenticator with one ES256 passkey, for tests: it signs whatever it is asked to (WebAuthn Level 3, 6.1, 6.5.4). */
export function makeAuthenticator(url: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let counter = 0
  let userHandle = ''

  const authenticatorData = ({ rpId = new URL(url).hostname, verified = true, counter: shown = ++counter }: Quirks,
    attested = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(shown)
    const flags = 1 | (verified ? 4 : 0) | (attested.length ? 64 : 0)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, attested])
  }
  const clientData = (type: string, challenge: string, { origin = new URL(url).origin }: Quirks) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const wrap = (response: object) =>
    ({ id: b64(id), rawId: b64(id), type: 'public-key', clientExtensionResults: {}, response })

  return {
    create(options: { challenge: string; user: { id: string } }, quirks: Quirks = {}) {
      userHandle = options.user.id
      const { x, y } = publicKey.export({ format: 'jwk' })
      // COSE key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
      const key = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x!, 'base64url'),
        Buffer.from('225820', 'hex'), Buffer.from(y!, 'base64url')])
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      const attestation = Buffer.concat([Buffer.from([0xa3]), text('fmt'), text('none'), text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'), bytes(authenticatorData(quirks, attested))])
      return wrap({ clientDataJSON: b64(clientData('webauthn.create', options.challenge, quirks)),
        attestationObject: b64(attestation), transports: ['internal'] })
    },
    get(options: { challenge: string }, quirks: Quirks = {}) {
      const data = authenticatorData(quirks)
      const client = clientData('webauthn.get', options.challenge, quirks)
      const signature = createSign('sha256').update(Buffer.concat([data, sha256(client)])).sign(privateKey)
      return wrap({ clientDataJSON: b64(client), authenticatorData: b64(data), signature: b64(signature),
        userHandle: quirks.userHandle ?? userHandle })
    },
  }
}
