import { cleanName } from '../../kernel/names.ts'

const controls = /[\p{Cc}\p{Zl}\p{Zp}]/gu
const LONGEST = 150

/** The name a file is kept under: one line, no path, no tricks, its ending kept when it has to be cut. */
export function safeName(given: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[\\/]/).at(-1)!
  const name = cleanName(last.replace(controls, '')).replace(/\s/g, ' ')
  if (/^[. ]*$/.test(name)) return 'file'
  const signs = [...name]
  if (signs.length <= LONGEST) return name
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? ''
  return signs.slice(0, LONGEST - [...ending].length).join('') + ending
}

/** Content-Disposition by RFC 6266: a plain name for old clients, the true one in UTF-8. */
export function disposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name)
    .replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
