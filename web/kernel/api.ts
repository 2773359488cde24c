import { i18n, loadTexts } from './i18n.ts'

const BASE = '/api/v1'

export type Query = Record<string, string | number | boolean | null | undefined>
/** `key`: what a repetition is known by; made anew when absent, none when empty. `keepalive`: goes on when the page is left. `unnamed`: says nothing of who asks. */
type Options = { query?: Query; body?: unknown; signal?: AbortSignal; key?: string; keepalive?: boolean; unnamed?: boolean }

/** What the server refused, as it said it (RFC 9457). `status` 0 means that it could not be reached. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors: { path: string; message: string }[]
  readonly retryAfter: number | null

  constructor(status: number, problem: Partial<Pick<ApiError, 'code' | 'detail' | 'errors'>>, retryAfter: number | null = null) {
    super(problem.detail ?? problem.code ?? `HTTP ${status}`)
    this.status = status
    this.code = problem.code ?? (status === 0 ? 'unreachable' : 'unknown')
    this.detail = problem.detail ?? ''
    this.errors = problem.errors ?? []
    this.retryAfter = retryAfter
  }
}

let onSignedOut = () => {}

/** Called once for every answer that says the session is over. */
export function whenSignedOut(listener: () => void) {
  onSignedOut = listener
}

let askForProof = async () => false

/** Called when a command needs a fresh proof of who it is; says whether there is one now. Returns how to stop. */
export function whenProofNeeded(ask: () => Promise<boolean>) {
  askForProof = ask
  return () => {
    if (askForProof === ask) askForProof = async () => false
  }
}

function address(path: string, query: Query = {}) {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  const text = search.toString()
  return BASE + path + (text ? `?${text}` : '')
}

/** What was refused, once it can be said: most of the words for it come with the first refusal. */
async function sayable(error: ApiError): Promise<ApiError> {
  try {
    if (!i18n.exists(`kernel:problem.${error.code}`)) await loadTexts(['problems'])
  } catch {
    // Then it is said as the server said it.
  }
  return error
}

async function problemOf(response: Response) {
  const problem = await response.json().catch(() => ({}))
  const after = Number(response.headers.get('Retry-After'))
  return sayable(new ApiError(response.status, problem, after > 0 ? after : null))
}

async function reach(url: string, init: RequestInit, mayRepeat: boolean) {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    if (!mayRepeat) throw new ApiError(0, {})
    // The answer may have been lost after the command was carried out: the same key makes repeating it harmless.
    await new Promise((resolve) => setTimeout(resolve, 600))
    return reach(url, init, false)
  }
}

async function send<T>(method: string, path: string, options: Options): Promise<T> {
  try {
    return await attempt<T>(method, path, options)
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'proof_needed') || !(await askForProof())) throw error
    return attempt<T>(method, path, options)
  }
}

// Browsers make a connection of its own for what goes without credentials.
const [NAMED, UNNAMED] = [{ credentials: 'same-origin' }, { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' }] as const

async function attempt<T>(method: string, path: string, { query, body, signal, key, keepalive, unnamed }: Options): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  const isForm = body instanceof FormData
  if (body !== undefined && !isForm) headers['Content-Type'] = 'application/json'
  if (method !== 'GET' && key !== '') headers['Idempotency-Key'] = key ?? newKey()
  // Letters that a command sends are in the language that was chosen here, which need not be the browser's.
  if (i18n.language && !unnamed) headers['Accept-Language'] = i18n.language
  const sent = body === undefined ? undefined : isForm ? body : JSON.stringify(body)
  const response = await reach(address(path, query), { method, headers, body: sent, signal, keepalive, ...(unnamed ? UNNAMED : NAMED) }, true)
  if (!response.ok) {
    const problem = await problemOf(response)
    if (problem.status === 401 && !['wrong_credentials', 'passkey_refused'].includes(problem.code)) onSignedOut()
    throw problem
  }
  const text = response.status === 204 ? '' : await response.text()
  return (text ? JSON.parse(text) : undefined) as T
}

/** A client-made id: repeating a command with the same one is harmless. */
export function newKey() {
  // crypto.randomUUID exists only in secure contexts; a network on a plain-http LAN address must work as well.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * The one way to the server. Throws ApiError.
 * `await api.post<Entry>(`/spaces/${id}/entries`, { body: 'Hello' })`
 */
export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => send<T>('GET', path, { query, signal }),
  post: <T = void>(path: string, body: unknown = {}, options: Omit<Options, 'body'> = {}) =>
    send<T>('POST', path, { body, ...options }),
  put: <T = void>(path: string, body: unknown = {}, options: Omit<Options, 'body'> = {}) =>
    send<T>('PUT', path, { body, ...options }),
  patch: <T = void>(path: string, body: unknown = {}, options: Omit<Options, 'body'> = {}) =>
    send<T>('PATCH', path, { body, ...options }),
  delete: <T = void>(path: string, options: Omit<Options, 'body'> = {}) => send<T>('DELETE', path, options),
  url: address,
}

/** Uploads one file and reports how much has left (0 to 1); fetch cannot report it. */
export async function upload<T>(path: string, form: FormData, onProgress: (share: number) => void, query?: Query): Promise<T> {
  const request = new XMLHttpRequest()
  await new Promise<void>((resolve, reject) => {
    request.open('POST', address(path, query))
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Idempotency-Key', newKey())
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onerror = () => reject(new ApiError(0, {}))
    request.onload = () => resolve()
    request.send(form)
  })
  const answer = parsed(request.responseText)
  if (request.status >= 200 && request.status < 300) return answer as T
  throw await sayable(new ApiError(request.status, answer ?? {}))
}

function parsed(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
