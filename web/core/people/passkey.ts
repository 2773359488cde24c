import { api, ApiError } from '../../kernel/api.ts'

/** Passkeys need a secure context: https, or this very machine. */
export const passkeysWork = () => window.isSecureContext && 'PublicKeyCredential' in window

const library = () => import('@simplewebauthn/browser')
type Library = Awaited<ReturnType<typeof library>>
type SignInOptions = Parameters<Library['startAuthentication']>[0]['optionsJSON']
type RegisterOptions = Parameters<Library['startRegistration']>[0]['optionsJSON']

async function prove(path: '/passkeys/sign-in' | '/passkeys/proof', isOffer = false) {
  const { startAuthentication } = await library()
  const optionsJSON = await api.post<SignInOptions>(`${path}/options`)
  // A browser does one at a time, and the later one ends the earlier: an offer must not end what was asked for meanwhile.
  if (isOffer && !isOffering) return false
  const response = await startAuthentication({ optionsJSON, useBrowserAutofill: isOffer })
  await api.post(path, { response })
  return true
}

let isOffering = false

/** Turns the browser's own errors (closed, timed out) into one that can be said. */
async function explained<T>(attempt: Promise<T>) {
  try {
    return await attempt
  } catch (error) {
    if (error instanceof ApiError) throw error
    throw new ApiError(400, { code: 'passkey_cancelled' })
  }
}

export const signInWithPasskey = () => {
  isOffering = false
  return explained(prove('/passkeys/sign-in'))
}

/** Shows that it is still the person who is signed in. */
export const proveWithPasskey = () => explained(prove('/passkeys/proof'))

/** Lets the browser offer known passkeys in the name field. Returns how to stop; failing is silent, the button stays. */
export function offerPasskeys(entered: () => void) {
  isOffering = true
  const offer = async () => {
    const { browserSupportsWebAuthnAutofill } = await library()
    if (!(await browserSupportsWebAuthnAutofill()) || !isOffering) return
    if ((await prove('/passkeys/sign-in', true)) && isOffering) entered()
  }
  if (passkeysWork()) void offer().catch(() => {})
  return () => {
    isOffering = false
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
