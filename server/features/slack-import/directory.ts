import { isTimeZone } from '../../core/people/schema.ts'
import { freeHandle, legalHandle } from '../../core/imports/handles.ts'
import type { ImportedPerson } from '../../core/imports/people.ts'
import { type Raw, line, raw, string } from './raw.ts'
import type { Tally } from './report.ts'

/** `department`: the workspaces of an organisation that list them. */
export type SlackPerson = ImportedPerson

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
  /** the archive does not say who was in it: whoever wrote is a member */
  isGuessed: boolean
  /** '' when it has none */
  folder: string
}

/**
 * The people and channels of an archive. People who only turn up in messages are added while these are read.
 * Ids are Slack's, as text.
 */
export class Directory {
  readonly source = 'slack'
  readonly people = new Map<string, SlackPerson>()
  readonly channels = new Map<string, SlackChannel>()
  /** the account that stands for another one with the same e-mail address */
  readonly same = new Map<string, string>()
  /** files of unknown names that list channels */
  strangeLists = new Set<string>()
  private readonly bots = new Map<string, string>()
  /** accounts by their names in Slack; null where several have one */
  private readonly names = new Map<string, string | null>()
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

  /** The person of a name in Slack (`ann.abel`), when exactly one account has it. */
  ofName(name: string): string | null {
    const id = this.names.get(name)
    return id ? this.person(id) : null
  }

  /** The person of an id, made up when the archive does not list them. A name that is met later is taken over. */
  require(id: string, profile: Raw = {}, kind: SlackPerson['kind'] = 'person'): string {
    const known = this.people.get(this.person(id))
    const name = line(profile.real_name, 100) || line(profile.display_name, 100) || line(profile.name, 100)
    if (!known) {
      const wish = line(profile.name, 39) || name || (id === 'USLACKBOT' ? 'slackbot' : '')
      const handle = legalHandle(wish, `slack-${id}`)
      this.addPerson({ ...blank(id), kind: id === 'USLACKBOT' ? 'bot' : kind, name: name || unnamed(id), handle })
      this.tally.add('people_made_up')
      this.tally.lose('unknown_people', name ? `${name} (${id})` : id)
    } else if (name && known.name === unnamed(known.external_id))
      this.rename(known, { name, handle: legalHandle(line(profile.name, 39) || name, `slack-${id}`), kind })
    return this.person(id)
  }

  /** The bot of a bot id (`B…`), which may belong to an account of users.json. */
  requireBot(botId: string, name: string): string {
    const known = this.people.get(this.bots.get(botId) ?? '')
    const handle = legalHandle(name || unnamedBot(botId), `slack-${botId}`)
    if (known && name && known.name === unnamedBot(botId)) this.rename(known, { name, handle, kind: 'bot' })
    if (known) return known.external_id
    const shown = name || unnamedBot(botId)
    this.addPerson({ ...blank(botId), kind: 'bot', name: shown, handle })
    this.bots.set(botId, botId)
    this.tally.add('people_made_up')
    this.tally.lose('unknown_people', `${shown} (${botId})`)
    return botId
  }

  /** Takes an account in; `team` is the workspace that lists it. */
  addUser(user: Raw, team = ''): void {
    const person = fromUser(user)
    if (!person) return
    const listed = this.people.get(this.person(person.external_id))
    if (listed) return this.addTeam(listed, team)
    const name = string(user.name)
    this.names.set(name, this.names.has(name) ? null : person.external_id)
    const botId = string(raw(user.profile).bot_id)
    if (botId) this.bots.set(botId, person.external_id)
    const email = person.email?.toLowerCase()
    const other = email && this.byEmail.get(email)
    if (other) return this.merge(person, this.people.get(other)!, team)
    if (email) this.byEmail.set(email, person.external_id)
    this.addPerson({ ...person, department: team })
    this.tally.add(person.kind === 'bot' ? 'bots' : 'people')
    this.noteLosses(user, person)
  }

  /** Two accounts with one address are one person, as the account says that is still in use. */
  private merge(person: SlackPerson, other: SlackPerson, team: string): void {
    this.same.set(person.external_id, other.external_id)
    this.tally.lose('merged_people', `${person.name}: ${person.external_id}, ${other.external_id}`)
    this.tally.add('people_merged')
    this.addTeam(other, team)
    if (other.state !== 'deactivated' || person.state === 'deactivated') return
    const { external_id, department, handle } = other
    this.rename(Object.assign(other, { ...person, external_id, department, handle }), person)
  }

  private addTeam(person: SlackPerson, team: string): void {
    const teams = person.department.split(', ').filter(Boolean)
    if (team && !teams.includes(team)) person.department = line([...teams, team].join(', '), 100)
  }

  private addPerson(person: SlackPerson): void {
    this.people.set(person.external_id, { ...person, handle: freeHandle(person.handle, this.handles) })
  }

  private rename(person: SlackPerson, { name, handle, kind }: Pick<SlackPerson, 'name' | 'handle' | 'kind'>): void {
    this.handles.delete(person.handle)
    Object.assign(person, { name, kind, handle: freeHandle(handle, this.handles) })
  }

  private noteLosses(user: Raw, { name }: SlackPerson): void {
    const profile = raw(user.profile)
    if (user.is_admin === true || user.is_owner === true) this.tally.lose('administrators', name)
    if (string(profile.image_72) || string(profile.image_original)) this.tally.lose('photos', name)
    if (string(profile.phone) || string(profile.status_text) || Object.keys(raw(profile.fields)).length)
      this.tally.lose('profile_fields', name)
  }
}

const unnamed = (id: string) => (id === 'USLACKBOT' ? 'Slackbot' : `Slack ${id}`)
const unnamedBot = (id: string) => `Slack app ${id}`

const blank = (external_id: string): SlackPerson => ({
  external_id,
  kind: 'person',
  name: '',
  handle: '',
  email: null,
  role: 'member',
  state: 'imported',
  title: '',
  department: '',
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
    time_zone: isTimeZone(string(user.tz)) ? string(user.tz).slice(0, 60) : '',
  }
}
