import WebSocket from 'ws'

type Json = any
export type Answer = { status: number; json: Json; headers: Headers }

/** A browser as the server sees it: it keeps a cookie, and says with its requests which page they come from. */
export class Visitor {
  cookie = ''
  /** by which the server knows this browser again, also after signing out */
  device = ''
  /** its own session, while it looks as somebody else */
  own = ''
  readonly url: string
  constructor(url: string) {
    this.url = url
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = { origin: this.url }): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method, body: body === undefined ? undefined : JSON.stringify(body),
      headers: { ...((this.cookie || this.device) && { cookie: [this.cookie, this.device, this.own].filter(Boolean).join('; ') }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    })
    for (const set of response.headers.getSetCookie()) this[set.startsWith('device=') ? 'device' : set.startsWith('own_session=') ? 'own' : 'cookie'] = /^own_.*Max-Age=0(;|$)/.test(set) ? '' : set.split(';')[0]
    const text = await response.text()
    return { status: response.status, json: text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text, headers: response.headers }
  }

  signIn = (login: string, password: string, headers?: Record<string, string>) => this.send('POST', '/sessions', { login, password }, headers)

  /** Opens the live stream; resolves with the status of a refused handshake or with the open socket. */
  openSocket(origin: string | undefined = this.url): Promise<{ status: number; socket: WebSocket | null; closed: Promise<number> }> {
    const socket = new WebSocket(`${this.url.replace(/^http/, 'ws')}/live`, { headers: { cookie: this.cookie, ...(origin !== undefined && { origin }) } })
    const closed = new Promise<number>((done) => socket.on('close', done))
    return new Promise((done) => {
      socket.on('error', () => {})
      socket.on('message', () => done({ status: 101, socket, closed }))
      socket.on('unexpected-response', (_, response) => done({ status: response.statusCode!, socket: null, closed }))
    })
  }
}
