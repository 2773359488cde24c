import { invalid } from '../../kernel/errors.ts'
import type { Archive } from './archive.ts'
import { freeHandle, legalHandle } from './handles.ts'
import { unescape } from './mrkdwn.ts'
import { type Raw, line, list, number, raw, string } from './raw.ts'
import type { Tally } from './report.ts'

export type SlackPerson = {
  external_id: string
  kind: 'person' | 'bot'
  name: string
  handle: string
  email: string | null
  role: 'member' | 'guest'
  state: 'imported' | 'deactivated'
  title: string
  pronouns: string
  time_zone: string
}

export type SlackChannel = {
  external_id: string
  kind: 'community' | 'direct'
  visibility: 'open' | 'secret'
  name: string
  purpose: string
  archived: boolean
  created_at: string
  creator: string | null
  /** external ids, each once */
  members: string[]
  folder: string
}

/**
 * The people and channels of an archive. People who only turn up in messages are added while these are read.
 * Ids are Slack's, as text.
 */
export class Directory {
  readonly people = new Map<string, SlackPerson>()
  readonly channels = new Map<string, SlackChannel>()
  /** the account that stands for another one with the same e-mail address */
  readonly same = new Map<string, string>()
  private readonly bots = new Map<string, string>()
  private readonly handles = new Set<string>()
  private readonly byEmail = new Map<string, string>()
  private readonly tally: Tally

  constructor(tally: Tally) {
    this.tally = tally
  }

  /** The id under which a person is kept: their own, or that of the account theirs was merged into. */
  person(id: string): string {
    return this.same.get(id) ?? id
  }

  /** The person of an id, made up when the archive does not list them. */
  require(id: string, profile: Raw = {}): string {
    if (!this.people.has(this.person(id))) {
      const name = line(profile.real_name, 100) || line(profile.display_name, 100) || line(profile.name, 100)
      this.addPerson({
        ...blank(id),
        name: name || `Slack ${id}`,
        handle: legalHandle(line(profile.name, 39), `slack-${id}`),
      })
      this.tally.add('people_made_up')
      this.tally.lose('unknown_people', name ? `${name} (${id})` : id)
    }
    return this.person(id)
  }

  /** The bot of a bot id (`B…`), which may belong to an account of users.json. */
  requireBot(botId: string, name: string): string {
    const known = this.bots.get(botId)
    if (known) return known
    const shown = name || `Slack app ${botId}`
    this.addPerson({ ...blank(botId), kind: 'bot', name: shown, handle: legalHandle(shown, `slack-${botId}`) })
    this.bots.set(botId, botId)
    this.tally.add('people_made_up')
    this.tally.lose('unknown_people', `${shown} (${botId})`)
    return botId
  }

  addUser(user: Raw): void {
    const person = fromUser(user)
    if (!person || this.people.has(person.external_id)) return
    const botId = string(raw(user.profile).bot_id)
    if (botId) this.bots.set(botId, person.external_id)
    const email = person.email?.toLowerCase()
    const other = email && this.byEmail.get(email)
    if (other) {
      this.same.set(person.external_id, other)
      this.tally.lose('merged_people', `${person.name}: ${person.external_id}, ${other}`)
      this.tally.add('people_merged')
      return
    }
    if (email) this.byEmail.set(email, person.external_id)
    this.addPerson(person)
    this.tally.add(person.kind === 'bot' ? 'bots' : 'people')
    this.noteLosses(user, person)
  }

  private addPerson(person: SlackPerson): void {
    this.people.set(person.external_id, { ...person, handle: freeHandle(person.handle, this.handles) })
  }

  private noteLosses(user: Raw, { name }: SlackPerson): void {
    const profile = raw(user.profile)
    if (user.is_admin === true || user.is_owner === true) this.tally.lose('administrators', name)
    if (string(profile.image_72) || string(profile.image_original)) this.tally.lose('photos', name)
    if (string(profile.phone) || string(profile.status_text) || Object.keys(raw(profile.fields)).length)
      this.tally.lose('profile_fields', name)
  }
}

const blank = (external_id: string): SlackPerson => ({
  external_id,
  kind: 'person',
  name: '',
  handle: '',
  email: null,
  role: 'member',
  state: 'imported',
  title: '',
  pronouns: '',
  time_zone: '',
})

function fromUser(user: Raw): SlackPerson | null {
  const id = string(user.id)
  // Slack lists a user U00 that is nobody.
  if (!/^[A-Z0-9]{2,40}$/.test(id) || id === 'U00') return null
  const profile = raw(user.profile)
  const handle = line(user.name, 80)
  const email = line(profile.email, 254)
  const isBot = user.is_bot === true || id === 'USLACKBOT'
  return {
    ...blank(id),
    kind: isBot ? 'bot' : 'person',
    name:
      line(profile.real_name, 100) ||
      line(user.real_name, 100) ||
      line(profile.display_name, 100) ||
      handle ||
      `Slack ${id}`,
    handle: legalHandle(handle || string(profile.display_name), `slack-${id}`),
    email: !isBot && /^[^@\s]+@[^@\s]+$/.test(email) ? email : null,
    role: user.is_restricted === true || user.is_ultra_restricted === true ? 'guest' : 'member',
    state: user.deleted === true ? 'deactivated' : 'imported',
    title: line(profile.title, 100),
    pronouns: line(profile.pronouns, 40),
    time_zone: timeZone(string(user.tz)),
  }
}

function timeZone(name: string): string {
  try {
    return name && new Intl.DateTimeFormat('en', { timeZone: name }) ? name.slice(0, 60) : ''
  } catch {
    return ''
  }
}

/** The files that list channels, and what each sort becomes here. Private ones are never opened wider. */
const lists = [
  ['channels.json', 'community', 'open'],
  ['groups.json', 'community', 'secret'],
  ['mpims.json', 'direct', 'secret'],
  ['dms.json', 'direct', 'secret'],
] as const

/**
 * Reads who and what an archive lists.
 * @throws Refusal when a list is broken
 */
export async function readDirectory(archive: Archive, tally: Tally): Promise<Directory> {
  const directory = new Directory(tally)
  for await (const { value, damaged } of archive.rows('users.json')) {
    if (damaged) tally.lose('damaged_rows', 'users.json')
    directory.addUser(raw(value))
  }
  for (const [file, kind, visibility] of lists)
    for await (const { value, damaged } of archive.rows(file)) {
      if (damaged) tally.lose('damaged_rows', file)
      const channel = fromChannel(raw(value), kind, visibility, directory)
      if (!channel) tally.lose('unreadable_rows', file)
      else if (directory.channels.has(channel.external_id))
        tally.lose('repeated_rows', `${file}: ${channel.name || channel.external_id}`)
      else directory.channels.set(channel.external_id, channel)
    }
  refuseSharedFolders(directory)
  return directory
}

/** @throws Refusal when two channels name one folder: a private channel's words could come out in a public one */
function refuseSharedFolders(directory: Directory): void {
  const folders = new Set<string>()
  for (const { folder } of directory.channels.values()) {
    if (folders.has(folder))
      throw invalid(
        'archive_same_folder',
        `Two channels of the archive are both called "${folder}". Download the export from Slack again.`,
      )
    folders.add(folder)
  }
}

function fromChannel(
  channel: Raw,
  kind: 'community' | 'direct',
  visibility: 'open' | 'secret',
  directory: Directory,
): SlackChannel | null {
  const id = string(channel.id)
  const folder = kind === 'direct' && !string(channel.name) ? id : string(channel.name)
  if (!/^[A-Z0-9]{2,40}$/.test(id) || !folder || /[/\\]|^\.\.?$/.test(folder)) return null
  const created = number(channel.created) ?? 0
  const members = [
    ...new Set(
      list(channel.members)
        .map(string)
        .filter((member) => /^[A-Z0-9]{2,40}$/.test(member)),
    ),
  ]
  const creator = string(channel.creator)
  return {
    external_id: id,
    kind,
    visibility,
    name: line(channel.name, 80) || id,
    folder: folder.normalize('NFC'),
    purpose: purposeOf(channel),
    archived: channel.is_archived === true,
    created_at: new Date(Math.min(Math.max(created, 0), 4e9) * 1000).toISOString(),
    creator: creator ? directory.person(creator) : null,
    members: [...new Set(members.map((member) => directory.require(member)))],
  }
}

/** What the channel is for, and below it what it is busy with. A space must say what it is for. */
function purposeOf(channel: Raw): string {
  const parts = [raw(channel.purpose).value, raw(channel.topic).value].map((value) => unescape(string(value)).trim())
  const written = [...new Set(parts)].filter((part) => part !== '').join('\n\n')
  return [...written].slice(0, 500).join('') || 'Imported from Slack'
}
