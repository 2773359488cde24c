/** What a line of the log says of an error. */
export type Described = { type: string; message?: string; stack?: string[]; cause?: Described } & Record<string, unknown>

// What libraries add to their errors and what cannot hold a word of anybody: names of ours and numbers.
const SAFE = ['code', 'errno', 'syscall', 'severity', 'schema', 'table', 'column', 'constraint', 'routine', 'status', 'statusCode', 'responseCode', 'command']

/**
 * An error for the log: its kind, its place in the sources, and its message where that can hold nothing of what people wrote,
 * looked for or keep secret. PostgreSQL quotes values in `detail`, `where` and, of data that is wrong (class 22), in the message;
 * whoever reads JSON or speaks to a mail server quotes what they got.
 */
export function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { type: typeof error }
  const known = error as unknown as Record<string, unknown>
  const safe = Object.fromEntries(SAFE.filter((name) => ['string', 'number'].includes(typeof known[name])).map((name) => [name, short(known[name])]))
  return {
    type: error.name, ...safe, ...(!quotes(error) && { message: withoutSecrets(error.message) }),
    stack: error.stack?.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 12).map((line) => line.trim()),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}

const short = (value: unknown) => (typeof value === 'string' ? withoutSecrets(value).slice(0, 100) : value)

/** Does the message hold what was given? */
function quotes(error: Error): boolean {
  const { code, severity, command, responseCode } = error as { code?: unknown; severity?: string; command?: string; responseCode?: number }
  const isFromPostgres = severity !== undefined
  const isFromMail = command !== undefined || responseCode !== undefined
  return error instanceof SyntaxError || isFromMail || (isFromPostgres && /^22/.test(String(code)))
}

/** The text without mail addresses, and without what looks like one of our secrets (`fmt_…`, see core/people/credentials.ts). */
export const withoutSecrets = (text: string) =>
  text.replace(/[^\s<>"'(),;:=]+@[^\s<>"'(),;:=]+/g, '…@…').replace(/\bfm[a-z]_[\w-]+/g, 'fm…').slice(0, 500)
