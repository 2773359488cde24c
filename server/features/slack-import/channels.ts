import { Refusal } from '../../kernel/errors.ts'
import type { Archive } from './archive.ts'
import { type Found, giveFolders } from './channel-folders.ts'
import { purposeOf, sortOf, type Sort, strictness } from './channel-facts.ts'
import type { Directory, SlackChannel } from './directory.ts'
import { type Raw, line, list, number, raw, string } from './raw.ts'
import type { Tally } from './report.ts'
import { teamOf, workspacesOf } from './workspaces.ts'

type List = { file: string; home: string; sort: Sort | 'unknown' }

const known = [
  ['channels.json', 'open'],
  ['groups.json', 'private'],
  ['mpims.json', 'direct'],
  ['dms.json', 'direct'],
  // Comments on canvases and lists are channels of their own since 2025.
  ['file_conversations.json', 'private'],
] as const
const noLists = new Set(['users.json', 'org_users.json', 'integration_logs.json', 'content_flags.json',
  'canvases.json', 'lists.json', 'huddle_transcripts.json', '.slack-manifest.json'])

/** The files at the top of an archive, or of one of its workspaces, that are read here. */
export const readLists = new Set([...known.map(([file]) => file), 'users.json', 'org_users.json'] as string[])

/**
 * Reads the channels that an archive lists into its directory. What stands in two lists is as private as the stricter
 * one says; what cannot be told is private. @returns the strange files that turned out to list channels
 */
export async function readChannels(archive: Archive, directory: Directory, tally: Tally): Promise<Set<string>> {
  const found = new Map<string, Found>()
  const strange = new Set<string>()
  for (const home of workspacesOf(archive)) {
    for (const [file, sort] of known) await readList(archive, { file: home + file, home, sort }, found, directory, tally)
    const others = archive.names(home.slice(0, -1)).filter((name) => !readLists.has(name) && !noLists.has(name))
    for (const file of others) {
      const count = found.size
      await readStrange(archive, { file: home + file, home, sort: 'unknown' }, found, directory)
      if (found.size > count) strange.add(home + file)
    }
  }
  for (const { channel, sort, isOpenSomewhere } of found.values()) {
    channel.kind = sort === 'direct' ? 'direct' : 'community'
    channel.visibility = sort === 'open' ? 'open' : 'secret'
    if (sort === 'open') channel.isGuessed = false
    else if (isOpenSomewhere) tally.lose('closed_in_doubt', channel.external_id)
    directory.channels.set(channel.external_id, channel)
  }
  giveFolders(archive, [...found.values()], tally)
  tellApart([...found.values()])
  return strange
}

async function readList(
  archive: Archive, from: List, found: Map<string, Found>, directory: Directory, tally: Tally,
): Promise<void> {
  const seen = new Set<string>()
  for await (const { value, damaged } of archive.rows(from.file)) {
    if (damaged) tally.lose('damaged_rows', from.file)
    // An empty list is null where some programs write it.
    if (value === null) continue
    const row = fromRow(raw(value), from, directory)
    const id = row?.channel.external_id ?? ''
    if (!row) tally.lose('unreadable_rows', from.file)
    else if (seen.has(id)) tally.lose('repeated_rows', `${from.file}: ${id}`)
    if (row) found.set(id, together(found.get(id), row))
    seen.add(id)
  }
}

/** Some exporters write lists of other names. Rows of a strange file that have messages in a folder are channels. */
async function readStrange(archive: Archive, from: List, found: Map<string, Found>, directory: Directory) {
  const folders = new Set(archive.folders)
  try {
    for await (const { value } of archive.rows(from.file)) {
      if (!/^[CDG][A-Z0-9]{1,39}$/.test(string(raw(value).id))) continue
      const places = placesOf(raw(value), from.home)
      const row = places.some((place) => folders.has(place)) && fromRow(raw(value), from, directory)
      if (row) found.set(row.channel.external_id, together(found.get(row.channel.external_id), row))
    }
  } catch (error) {
    // What is no list of ours may be in any form; it counts among the files that are left out.
    if (!(error instanceof Refusal)) throw error
  }
}

/** What two lists say of one channel: the stricter one says who is in it; two that are alike, both. */
function together(old: Found | undefined, row: Found): Found {
  if (!old) return row
  const isStricter = strictness[row.sort] > strictness[old.sort]
  const [first, second] = isStricter ? [row, old] : [old, row]
  const isAlike = row.sort === old.sort
  const members = isAlike ? [...first.channel.members, ...second.channel.members] : first.channel.members
  const isGuessed = first.channel.isGuessed && (!isAlike || second.channel.isGuessed)
  return {
    channel: { ...first.channel, members: [...new Set(members)], isGuessed },
    sort: first.sort,
    isOpenSomewhere: row.isOpenSomewhere || old.isOpenSomewhere,
    folders: [...new Set([...first.folders, ...second.folders])],
    team: old.team,
  }
}

const isId = (id: string) => /^[A-Z0-9]{2,40}$/.test(id)

/** Channels of comments on a file are also written as `FC:<file>:<title>`. */
const idOf = (row: Raw) => string(row.id).replace(/^FC:([A-Z0-9]+)(:.*)?$/s, 'FC$1')

const placesOf = (row: Raw, home: string) =>
  [string(row.id), string(row.name)]
    .filter((name) => name !== '' && !/[/\\]|^\.\.?$/.test(name))
    .map((name) => (home + name).normalize('NFC'))

function fromRow(row: Raw, { home, sort: listed }: List, directory: Directory): Found | null {
  const id = idOf(row)
  if (!isId(id)) return null
  const sort = sortOf(row, listed)
  const members = membersOf(row)
  const creator = string(row.creator)
  const channel: SlackChannel = {
    external_id: id,
    kind: 'community',
    visibility: 'secret',
    name: line(string(row.name).replace(/^FC:[A-Z0-9]+:/, ''), 80) || id,
    folder: '',
    purpose: purposeOf(row),
    archived: row.is_archived === true,
    created_at: createdAt(row),
    creator: creator ? directory.person(creator) : null,
    members: [...new Set((members ?? []).map((member) => directory.require(member)))],
    isGuessed: members === null,
  }
  const isOpenSomewhere = listed === 'open' || listed === 'unknown'
  return { channel, sort, isOpenSomewhere, folders: placesOf(row, home), team: teamOf(home) }
}

/** Who is in a channel; null where the row does not say it. */
function membersOf(row: Raw): string[] | null {
  if (!Array.isArray(row.members)) return null
  return list(row.members).map(string).filter(isId)
}

/** When it was made. Some exporters write milliseconds or text; a time to come is none. */
function createdAt(row: Raw): string {
  const given = number(row.created) ?? (Number(string(row.created)) || 0)
  const time = given > 1e11 ? given : given * 1000
  return new Date(time > 0 && time < Date.now() ? time : 0).toISOString()
}

/** In an organisation's export channels of several workspaces may have one name: theirs stands before it. */
function tellApart(found: Found[]): void {
  const teams = new Map<string, Set<string>>()
  for (const { channel, team } of found)
    teams.set(channel.name, (teams.get(channel.name) ?? new Set()).add(team))
  for (const { channel, team } of found)
    if (team && teams.get(channel.name)!.size > 1) channel.name = line(`${team}: ${channel.name}`, 80)
}
