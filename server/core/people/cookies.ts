import type { IncomingHttpHeaders } from 'node:http'

/** A cookie's name; over https `__Host-` ties it to this very host. */
const nameOf = (name: string, url: string) => (url.startsWith('https:') ? `__Host-${name}` : name)

/** A cookie as a header, out of reach of scripts and of other sites' requests. */
export const makeCookie = (url: string, name: string, value: string, maxAge: number) =>
  `${nameOf(name, url)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${url.startsWith('https:') ? '; Secure' : ''}`

/** The value of one of our cookies in a request. */
export function cookieOf({ cookie = '' }: IncomingHttpHeaders, name: string, url: string): string | undefined {
  const wanted = nameOf(name, url)
  for (const part of cookie.split(';')) {
    const [key, value] = part.trim().split('=')
    if (key === wanted) return value
  }
}
