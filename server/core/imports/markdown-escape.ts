/**
 * Plain words as Markdown that shows exactly these words. Escapes only where a sign would mean something, so that
 * the source stays readable and searchable: `snake_case`, `2 * 3` and `a < b` stay as they are.
 * @param followed something comes right after these words on the same line
 */
export function escapeText(value: string, followed = false): string {
  return (
    value
      .replace(/\\(?=[!-/:-@[-`{-~]|$)|[`[]/g, '\\$&')
      .replace(/\*/g, (sign, at: number, all: string) =>
        all[at - 1] === ' ' && all[at + 1] === ' ' ? sign : `\\${sign}`,
      )
      // One tilde means nothing, as in "10~12"; two strike through, and one may meet another at the edge.
      .replace(/(?<=^|~)~|~(?=~|$)/g, '\\~')
      .replace(/_/g, (sign, at: number, all: string) =>
        isWord(all[at - 1]) && isWord(all[at + 1]) ? sign : `\\${sign}`,
      )
      .replace(/<(?=[a-z/!?]|$)/gi, '\\<')
      .replace(/&(?=#?\w+;)/g, '\\&')
      .replace(/!$/, followed ? '\\!' : '!')
      // Bare addresses would become links whose ends differ from what was meant; links come as links of their own.
      .replace(/:(?=\/\/)/g, '\\:')
      .replace(/www\./gi, (prefix) => `${prefix.slice(0, 3)}\\.`)
  )
}

const isWord = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)

export const linkText = (value: string) => escapeText(value).replace(/\]/g, '\\]')

/** Words as inline code, fenced by more backticks than they hold. */
export function codeSpan(value: string): string {
  const runs = new Set((value.match(/`+/g) ?? []).map((run) => run.length))
  let length = 1
  while (runs.has(length)) length += 1
  const fence = '`'.repeat(length)
  const isEdged = /^`|`$/.test(value) || (/^ .* $/.test(value) && value.trim() !== '')
  return isEdged ? `${fence} ${value} ${fence}` : fence + value + fence
}

/** A line that shall stay a line of words, though it begins like a heading, a list, a quote, a rule or a table. */
export function escapeLineStart(line: string): string {
  const at = /^(?:#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|=+\s*$|[|:-][\s|:-]*$|~~~)/.exec(line) ? 0 : numberSign(line)
  return at < 0 ? line : `${line.slice(0, at)}\\${line.slice(at)}`
}

const numberSign = (line: string) => {
  const digits = /^\d{1,9}(?=[.)](?:\s|$))/.exec(line)?.[0]
  return digits ? digits.length : -1
}
