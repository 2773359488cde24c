import { setImmediate } from 'node:timers/promises'
import type { Progress } from '../../core/imports/importers.ts'
import type { Archive } from './archive.ts'
import { emojiOfArchive, isBundledEmoji, isEmojiFolder, noteEmoji } from './bundled-emoji.ts'
import { type Bundle, bundleOf, isBundled, isBundleFolder, noteStray } from './bundle.ts'
import { isCut } from './channel-facts.ts'
import { readLists } from './channels.ts'
import type { Directory, SlackChannel } from './directory.ts'
import { settleMembers, Writers } from './guessed-members.ts'
import { type Reading, type SlackMessage, millis, readMessage } from './model.ts'
import { type Places, namesIn } from './names.ts'
import { notePages, pageLists } from './pages.ts'
import { type Raw, list, raw, string } from './raw.ts'
import { readDirectory } from './read-directory.ts'
import { type Report, Tally } from './report.ts'
import { workspacesOf } from './workspaces.ts'

export type Survey = { directory: Directory; bundle: Bundle; tally: Tally; report: Report }

/**
 * Reads an archive from its first to its last byte without writing anything: whatever is broken is found here, and
 * everything is counted.
 * @throws Refusal for a broken archive
 */
export async function survey(archive: Archive, progress: Progress = () => {}): Promise<Survey> {
  const tally = new Tally()
  const bundle = bundleOf(archive)
  const emoji = emojiOfArchive(archive)
  tally.isBundled = (id) => bundle.has(id)
  const directory = await readDirectory(archive, tally)
  noteFiles(archive, directory, tally)
  const places: Places = { handle: (id) => directory.people.get(id)?.handle ?? null, space: (id) => `/spaces/${id}` }
  let days = 0
  const span = { first: null as string | null, last: null as string | null }
  for (const channel of directory.channels.values()) {
    tally.add(channel.kind === 'direct' ? 'conversations' : 'spaces')
    tally.discreet = channel.visibility !== 'open'
    if (isCut(channel.purpose)) tally.lose('cut_purposes', `#${channel.name}`)
    const watch = new ChannelWatch(channel, tally, emoji)
    const writers = new Writers()
    const reading = { directory, channel, tally, names: namesIn(channel, directory, places, tally) }
    for (const day of archive.days(channel.folder)) {
      days += 1
      if (!span.first || day < span.first) span.first = day
      if (!span.last || day > span.last) span.last = day
      for await (const { message, row } of messagesOf(archive, day, reading)) {
        watch.see(message, row)
        if (channel.isGuessed) writers.see(message, row)
        if (tally.entries % 1000 === 0) progress(tally.entries)
      }
    }
    tally.discreet = false
    settleMembers(channel, writers, directory, tally)
    tally.add('memberships', channel.members.length)
    if (watch.end()) directory.require('USLACKBOT', { real_name: 'Slackbot' })
  }
  tally.discreet = false
  await notePages(archive, tally)
  noteStray(bundle, tally)
  return { directory, bundle, tally, report: tally.report({ files: archive.files, bytes: archive.bytes, days, ...span }) }
}

/** The messages of one channel's day, one after the other. */
export async function* messagesOf(
  archive: Archive,
  day: string,
  reading: Reading,
): AsyncGenerator<{ message: SlackMessage; row: Raw }> {
  const name = `${reading.channel.folder}/${day}.json`
  let read = 0
  for await (const { value, damaged } of archive.rows(name)) {
    if (damaged) reading.tally.lose('damaged_rows', name)
    const message = readMessage(value, reading)
    // Others in this process have their turn too.
    if (++read % 50 === 0) await setImmediate()
    if (message) yield { message, row: raw(value) }
  }
}

/** Files that say nothing that would be lost. */
const silent = new Set(['integration_logs.json', 'content_flags.json', '.slack-manifest.json'])

function noteFiles(archive: Archive, directory: Directory, tally: Tally): void {
  const folders = new Set([...directory.channels.values()].map((channel) => channel.folder))
  const homes = workspacesOf(archive)
  // What lies in folders may be private, and so may the names of these: more people may read the report.
  const closed = new Set([...directory.channels.values()].filter((c) => c.visibility !== 'open').map((c) => c.name))
  for (const folder of archive.folders) {
    if (homes.includes(`${folder}/`) || isBundleFolder(folder) || isEmojiFolder(folder)) continue
    if (!folders.has(folder)) tally.lose('unknown_folders', closed.has(folder.split('/').at(-1)!) ? '' : folder, archive.days(folder).length || 1)
    else if (archive.names(folder).length > archive.days(folder).length) tally.lose('other_files', '')
  }
  for (const name of archive.others) if (!isBundled(name) && !isBundledEmoji(name)) tally.lose('other_files', name.includes('/') ? '' : name)
  for (const home of homes) noteTop(archive, home, directory, tally)
}

function noteTop(archive: Archive, home: string, directory: Directory, tally: Tally): void {
  for (const name of archive.names(home.slice(0, -1)))
    if (!readLists.has(name) && !pageLists.has(name) && !silent.has(name) && !directory.strangeLists.has(home + name))
      tally.lose('other_files', home + name)
}

/** Counts one channel. It remembers times only: which messages there are, and which threads were answered. */
class ChannelWatch {
  private readonly seen = new Set<number>()
  private readonly threads = new Set<number>()
  private readonly channel: SlackChannel
  private readonly tally: Tally
  private readonly emoji: Map<string, string>

  constructor(channel: SlackChannel, tally: Tally, emoji: Map<string, string>) {
    this.channel = channel
    this.emoji = emoji
    this.tally = tally
  }

  see(message: SlackMessage, row: Raw): void {
    const { tally, channel } = this
    const moment = micros(message.ts)
    if (this.seen.has(moment)) return tally.lose('repeated_rows', `#${channel.name} ${message.at}`)
    this.seen.add(moment)
    tally.entries += 1
    tally.add(message.root ? 'replies' : message.kind === 'notice' ? 'notices' : 'updates')
    if (message.removed) tally.add('removed')
    if (message.removed && !message.root) tally.lose('removed_roots', `#${channel.name} ${message.at}`)
    if (message.root) this.threads.add(micros(message.root.ts))
    tally.add(
      'reactions',
      message.reactions.reduce((sum, { people }) => sum + people.length, 0),
    )
    tally.add('files', message.files.length)
    tally.add('mentions', message.mentions.length)
    noteEmoji(message, this.emoji, tally)
    if (message.edited_at) {
      tally.add('edited')
      tally.lose('edit_history', `#${channel.name} ${message.at}`)
    }
    if (row.subtype === 'thread_broadcast') {
      tally.add('broadcasts')
      tally.lose('broadcasts', `#${channel.name} ${message.at}`)
    }
    if (string(row.bot_id) || row.subtype === 'bot_message') tally.add('from_bots')
    if (list(row.pinned_to).length) tally.lose('pins', `#${channel.name} ${message.at}`)
  }

  /** Answers how many threads have no beginning in the archive. */
  end(): number {
    const lost = [...this.threads].filter((thread) => !this.seen.has(thread))
    for (const thread of lost)
      this.tally.lose('missing_roots', `#${this.channel.name} ${new Date(thread / 1000).toISOString()}`)
    this.tally.add('placeholders', lost.length)
    this.tally.add('threads', this.threads.size - lost.length)
    return lost.length
  }
}

const micros = (ts: string) => Math.round(millis(ts) * 1000)
