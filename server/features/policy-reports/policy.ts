import type { Reports } from './schema.ts'

/** What is kept of a report: enough to find the place in our sources, and nothing of whom it happened to. */
export type Finding = { directive: string; blocked: string; file: string; line: number | null }

/** The findings in what a browser sent. */
export function findingsIn(reports: Reports): Finding[] {
  if (!Array.isArray(reports)) {
    const { 'csp-report': said } = reports
    return [finding(said['effective-directive'] ?? said['violated-directive'], said['blocked-uri'], said['source-file'], said['line-number'])]
  }
  return reports.filter(({ type }) => type === 'csp-violation').map(({ body }) => finding(body?.effectiveDirective, body?.blockedURL, body?.sourceFile, body?.lineNumber))
}

const finding = (directive = '', blocked = '', file = '', line?: number | null): Finding => ({
  directive: /^[a-z-]{1,40}(?= |$)/.exec(directive)?.[0] ?? 'unknown', blocked: kindOf(blocked), file: assetIn(file), line: Number.isInteger(line) ? line! : null,
})

/** A word such as `inline` or `trusted-types-sink`, else the scheme alone: addresses may hold secrets, and they say who looked at what. */
const kindOf = (blocked: string) => (/^[a-z-]{1,40}$/.test(blocked) ? blocked : /^([a-z][a-z-]{1,20}):/.exec(blocked)?.[1]) ?? 'unknown'

const assetIn = (file: string) => /\/(assets\/[\w.-]{1,100}\.js|theme\.js)$/.exec(file)?.[1] ?? 'unknown'
