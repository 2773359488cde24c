import { canonicalEmoji } from '../../../server/kernel/text-emoji.ts'

const KEPT = 'folkmoot.emoji'
const FIRST = ['👍', '❤️', '🎉', '👀', '🙏', '😄', '✅', '💡']

/** The eight emoji this browser used most; the usual ones until then. */
export function frequent(): string[] {
  const used = Object.entries(read()).sort(([, a], [, b]) => b - a).map(([emoji]) => canonicalEmoji(emoji))
  return [...new Set([...used, ...FIRST])].slice(0, FIRST.length)
}

export function noteUse(emoji: string) {
  const uses = read()
  uses[emoji] = (uses[emoji] ?? 0) + 1
  try {
    localStorage.setItem(KEPT, JSON.stringify(uses))
  } catch {
    // Forbidden storage: then the usual ones stay first.
  }
}

function read(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '{}')
  } catch {
    return {}
  }
}
