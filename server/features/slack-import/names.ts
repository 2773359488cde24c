import type { Directory, SlackChannel } from './directory.ts'
import { entryId } from './model.ts'
import type { Names } from './prose.ts'
import type { Reason, Tally } from './report.ts'

/** Where imported things live here, by Slack's ids. Before anything is written these are what they will probably be. */
export type Places = { handle: (person: string) => string | null; space: (channel: string) => string | null }

const permalink =
  /^https?:\/\/[\w-]+(?:\.enterprise)?\.slack\.com\/archives\/([CGD][A-Z0-9]+)\/p(\d{10})(\d{6})(?:[?#]|$)/

/** What the words of one channel's messages may name, and how. */
export function namesIn(current: SlackChannel, directory: Directory, places: Places, tally: Tally): Names {
  return {
    handle: (id) => (directory.people.has(directory.person(id)) ? places.handle(directory.person(id)) : null),
    channel(id, label) {
      const known = directory.channels.get(id)
      if (!known) tally.lose('unknown_channel', label ? `#${label} (${id})` : id)
      if (!known) return { name: label || id, url: null }
      // The name of a private channel is for its members; who reads this message may be none of them.
      if (known.visibility !== 'open' && known !== current) {
        tally.lose('private_channel', current.name)
        return { name: 'private channel', url: null }
      }
      return { name: known.name, url: places.space(id) }
    },
    permalink(url) {
      const [, channel, seconds, micros] = permalink.exec(url) ?? []
      return channel && directory.channels.has(channel) ? `/e/${entryId(channel, `${seconds}.${micros}`)}` : null
    },
    note: (code, sample) => tally.lose(code as Reason, sample),
  }
}
