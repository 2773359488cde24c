import { api, ApiError } from '../../kernel/api.ts'

/** Passkeys need a secure context: https, or this very machine. */
export const passkeysWork = () => window.isSecureContext && 'PublicKeyCredential' in window

const library = () => import('@simplewebauthn/browser')
type Library = Awaited<ReturnType<typeof library>>
type SignInOptions = Parameters<Library['startAuthentication']>[0]['optionsJSON']
type RegisterOptions = Parameters<Library['startRegistration']>[0]['optionsJSON']

async function prove(path: '/passkeys/sign-in' | '/passkeys/proof', useBrowserAutofill = false) {
  const { startAuthentication } = await library()
  const optionsJSON = await api.post<SignInOptions>(`${path}/options`)
  const response = await startAuthentication({ optionsJSON, useBrowserAutofill })
  await api.post(path, { response })
}

/** Turns the browser's own errors (closed, timed out) into one that can be said. */
async function explained<T>(attempt: Promise<T>) {
  try {
    return await attempt
  } catch (error) {
    if (error instanceof ApiError) throw error
    throw new ApiError(400, { code: 'passkey_cancelled' })
  }
}

export const signInWithPasskey = () => explained(prove('/passkeys/sign-in'))

/** Shows that it is still the person who is signed in. */
export const proveWithPasskey = () => explained(prove('/passkeys/proof'))

/** Lets the browser offer known passkeys in the name field. Returns how to stop; failing is silent, the button stays. */
export function offerPasskeys(entered: () => void) {
  let isOver = false
  const offer = async () => {
    const { browserSupportsWebAuthnAutofill } = await library()
    if (isOver || !(await browserSupportsWebAuthnAutofill())) return
    await prove('/passkeys/sign-in', true)
    if (!isOver) entered()
  }
  if (passkeysWork()) void offer().catch(() => {})
  return () => {
    isOver = true
    void library().then(({ WebAuthnAbortService }) => WebAuthnAbortService.cancelCeremony())
  }
}

/** Makes a passkey on this device for the person who is signed in. */
export async function registerPasskey(name: string) {
  const { startRegistration } = await library()
  const optionsJSON = await api.post<RegisterOptions>('/passkeys/register/options')
  const response = await explained(startRegistration({ optionsJSON }))
  await api.post('/passkeys/register', { response, name })
}
