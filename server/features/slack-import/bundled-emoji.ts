import { buffer } from 'node:stream/consumers'
import { drawEmoji, isStandard, keepEmoji } from '../../core/emoji/commands.ts'
import { type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/errors.ts'
import { pieces } from '../../kernel/text.ts'
import type { Archive } from './archive.ts'
import type { SlackMessage } from './model.ts'
import type { Tally } from './report.ts'

// Exporters that fetch a workspace's own emoji lay them down as `emoji/<name>.png`; a Slack export by itself has only their names.
const layout = /(?:^|\/)emojis?\/([a-z0-9][a-z0-9_+'-]{0,59})\.(?:png|gif|webp|jpe?g)$/i
const MOST_BYTES = 262_144

export const isBundledEmoji = (name: string): boolean => layout.test(name)
export const isEmojiFolder = (folder: string): boolean => /(?:^|\/)emojis?$/.test(folder)

/** The emoji whose pictures an archive holds: where they lie in it, by name. */
export const emojiOfArchive = (archive: Pick<Archive, 'others'>): Map<string, string> =>
  new Map([...archive.others].flatMap((path) => {
    const name = layout.exec(path)?.[1].toLowerCase()
    return name && !isStandard(name) ? [[name, path] as const] : []
  }))

/** Counts what a message calls by name and the archive has no picture of. */
export function noteEmoji(message: SlackMessage, bundled: Map<string, string>, tally: Tally): void {
  const said = message.body.includes(':') ? pieces(message.body).flatMap((piece) => (piece.type === 'emoji' ? piece.name : [])) : []
  const given = message.reactions.flatMap(({ emoji }) => /^:(.+):$/.exec(emoji)?.[1].toLowerCase() ?? [])
  for (const name of new Set([...said, ...given])) if (!isStandard(name) && !bundled.has(name)) tally.lose('own_emoji', `:${name}:`)
}

/** Brings the emoji of an archive; one whose name is taken here stays as it is. */
export async function writeEmoji({ host, archive, tally, by }: { host: Host; archive: Archive; tally: Tally; by: string | null }): Promise<void> {
  for (const [name, path] of emojiOfArchive(archive)) {
    if (await host.db.selectFrom('emoji_names').select('name').where('name', '=', name).executeTakeFirst()) continue
    try {
      if ((archive.size(path) ?? 0) > MOST_BYTES) throw new Refusal(413, 'too_large', 'Larger than 256 kB.')
      const picture = await drawEmoji(await buffer(await archive.open(path)))
      await inTransaction(host, SYSTEM, (ctx) => keepEmoji(ctx, name, picture, by))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.code !== 'emoji_taken') tally.lose('refused_emoji', `:${name}:`)
    }
  }
}
