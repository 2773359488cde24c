import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What must stand in no log, by what it is. */
export type Kind = 'password' | 'secret' | 'cookie' | 'address' | 'words' | 'search'

const noted = new Set<string>()

/** Where the logs of this run are gathered; see setup.ts. */
export const logFolder = () => process.env.FOLKMOOT_TEST_LOGS

/** Lets the end of the run look for this text in every log. Short ones are left out: they might stand there by chance. */
export function note(kind: Kind, text: string): void {
  const folder = logFolder()
  const telling = text.slice(0, 60)
  if (!folder || noted.has(telling) || telling.length < (kind === 'words' || kind === 'search' ? SHORTEST_WORDS : SHORTEST)) return
  if (kind === 'words' && !/\S\s\S/.test(telling)) return
  noted.add(telling)
  appendFileSync(join(folder, `${process.pid}.canaries`), `${JSON.stringify({ kind, text: telling })}\n`)
}

const SHORTEST = 8
// "number 0" is in the messages of PostgreSQL as well, and "communit" in our own routes.
const SHORTEST_WORDS = 12

/** Notes what a request holds: everything somebody wrote in its body, what they look for, and what proves who they are. */
export function noteRequest(url: string, body: unknown, headers: Headers = new Headers()): void {
  const search = URL.canParse(url) && new URL(url).searchParams.get('q')
  if (search) note('search', search)
  const bearer = /^Bearer (.{16,})$/.exec(headers.get('authorization') ?? '')?.[1]
  if (bearer) note('secret', bearer)
  if (body instanceof FormData) for (const part of body.values()) note('words', typeof part === 'string' ? part : part.name)
  if (typeof body === 'string') noteJson(body)
}

function noteJson(text: string) {
  try {
    JSON.parse(text, (key, value) => (typeof value === 'string' && note(kindOf(key, value), value), value))
  } catch {
    note('words', text)
  }
}

const kindOf = (key: string, text: string): Kind =>
  /password|^current$|^new$/.test(key) ? 'password' : /token|secret/.test(key) ? 'secret' : /^\S+@\S+$/.test(text) ? 'address' : 'words'

// What is known by its looks, wherever it comes from: our secrets by their prefix, addresses by the domain that tests use.
const LOOKS: [Kind, RegExp][] = [['secret', /\bfm[a-z]_[\w-]{20,}/], ['secret', /token=[\w-]{16,}/], ['address', /[^\s"'<>()]+@[\w.-]+\.(example|test)\b/]]

/** A line of a log that holds what it must not: which kind, and the line without it. */
export type Leak = { kind: Kind; file: string; line: string }

/** Looks through all logs in the folder for all canaries that were noted there. */
export function findLeaks(folder: string): Leak[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const read = (suffix: string) => names.filter((name) => name.endsWith(suffix)).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
  const lines = new Map(read('.log').flatMap(({ file, text }) => text.split('\n').map((line) => [withoutTimes(line), file] as const)))
  const canaries = read('.canaries').flatMap(({ text }) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as { kind: Kind; text: string }))
  return [...lines].flatMap(([line, file]) => LOOKS.flatMap(([kind, look]) => (look.test(line) ? [{ kind, file, line: line.replace(look, `«${kind}»`) }] : [])))
    .concat(holding([...lines], canaries))
}

// Most lines of a run differ in these alone.
const withoutTimes = (line: string) => line.replace(/"(time|ms|pid|seq)":\d+/g, '"$1":0')

/** Looked up by their first signs: there are many thousands of both. */
function holding(lines: [string, string][], canaries: { kind: Kind; text: string }[]): Leak[] {
  const byBeginning = Map.groupBy(canaries.flatMap(({ kind, text }) => [...new Set([text, JSON.stringify(text).slice(1, -1)])].map((form) => ({ kind, form }))), ({ form }) => form.slice(0, SHORTEST))
  const leaks: Leak[] = []
  for (const [line, file] of lines)
    for (let at = 0; at + SHORTEST <= line.length; at++)
      for (const { kind, form } of byBeginning.get(line.slice(at, at + SHORTEST)) ?? [])
        if (line.startsWith(form, at)) leaks.push({ kind, file, line: line.replaceAll(form, `«${kind}»`) })
  return leaks
}
