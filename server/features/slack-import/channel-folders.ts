import type { Archive } from './archive.ts'
import type { Sort } from './channel-facts.ts'
import type { SlackChannel } from './directory.ts'
import type { Tally } from './report.ts'

/** A channel as the lists of an archive tell of it, all that name it taken together. */
export type Found = {
  channel: SlackChannel
  sort: Sort
  /** a list says that everybody may read it, or it is not known what the list is */
  isOpenSomewhere: boolean
  /** folders in which its messages may lie, the likeliest first */
  folders: string[]
  team: string
}

/**
 * Finds the folder of each channel's messages: one of its id, else one of its name. Where several channels could own
 * one folder, its words could be any of theirs: they go to a private one, and only to people who are in all of these.
 */
export function giveFolders(archive: Archive, found: Found[], tally: Tally): void {
  const here = new Set(archive.folders)
  const ids = new Set(found.flatMap(({ folders, channel }) => folders.filter((name) => endsWithId(name, channel))))
  const claims = new Map<string, SlackChannel[]>()
  for (const { channel, folders } of found) {
    // Nobody's name opens the folder of another channel's id.
    const own = folders.filter((name) => here.has(name) && (endsWithId(name, channel) || !ids.has(name)))
    const folder = own.find((name) => endsWithId(name, channel)) ?? own[0]
    channel.folder = ''
    if (folder !== undefined) claims.set(folder, [...(claims.get(folder) ?? []), channel])
  }
  for (const [folder, channels] of claims) {
    const owner = channels.length === 1 ? channels[0] : strictestOf(channels, tally)
    owner.folder = folder
  }
}

const endsWithId = (name: string, { external_id }: SlackChannel) => name.slice(name.lastIndexOf('/') + 1) === external_id

function strictestOf(channels: SlackChannel[], tally: Tally): SlackChannel {
  for (const { external_id } of channels) tally.lose('shared_folders', external_id)
  const closed = channels.filter(({ visibility }) => visibility !== 'open')
  const owner = closed[0] ?? channels.find(({ archived }) => !archived) ?? channels[0]
  // Nobody is known to have been in a channel that does not say who was.
  const isUnknown = closed.some(({ isGuessed }) => isGuessed)
  const isEverywhere = (member: string) => closed.every(({ members }) => members.includes(member))
  if (!closed.length) return owner
  owner.members = isUnknown ? [] : owner.members.filter(isEverywhere)
  owner.isGuessed = false
  if (closed.length > 1) owner.kind = 'community'
  return owner
}
