import { ApiError } from './api.ts'
import { i18n } from './i18n.ts'

/** The named fields of a form as trimmed texts; passwords keep their spaces. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string') values[name] = name.includes('password') ? value : value.trim()
  return values
}

// Which field a refusal is about, where the server names a code instead of a field.
const FIELD_OF: Record<string, string> = {
  handle_taken: 'handle', email_taken: 'email', wrong_password: 'current', common_password: 'password',
}

/** What the server said against one field, for the `error` of an input. */
export function errorAt(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  if (FIELD_OF[error.code] === field) return i18n.t([`problems:${error.code}`, `kernel:problem.${error.code}`])
  const said = error.errors.find(({ path }) => path === field)
  return said && i18n.t('kernel:problem.field', { said: said.message })
}

/** True when an error belongs to the form as a whole and not to one of these fields. */
export function isGeneral(error: unknown, fields: string[]) {
  return !!error && !fields.some((field) => errorAt(error, field))
}

/** A handle made from a name: "Ana Kovač" → "ana.kovac". */
export function handleFrom(name: string) {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/ß/g, 'ss').replace(/[^a-z0-9]+/g, '.').replace(/^\.+|\.+$/g, '').slice(0, 39)
}
