/** What was carried, by sort, and what was not, with the reason and a few examples of each. */
export type Report = {
  archive: { files: number; bytes: number; days: number; first: string | null; last: string | null }
  carried: Record<Carried, number>
  not_carried: Loss[]
}
export type Loss = { code: string; text: string; count: number; samples: string[] }

const sorts = [
  'people', 'bots', 'people_made_up', 'people_merged', 'spaces', 'conversations', 'memberships',
  'messages', 'updates', 'replies', 'notices', 'removed', 'threads', 'broadcasts', 'placeholders',
  'reactions', 'files', 'edited', 'mentions', 'from_bots',
] as const
export type Carried = (typeof sorts)[number]

// Every sentence says what is missing and what is there instead. The browser shows its own words by `code`.
const reasons = {
  file_contents: 'A Slack export holds links to files, not the files. Name, type and size are kept with the message.',
  deleted_files: 'These files were already deleted in Slack; the message says that there was one.',
  link_previews: 'Previews of linked pages are not kept; the links are.',
  message_previews: 'Previews of linked Slack messages are not kept; the links are, and lead to the imported message where it is here.',
  edit_history: 'A Slack export holds only the last text of an edited message, and when it was edited.',
  broadcasts: 'Replies that were also sent to the channel stand in their thread only.',
  missing_roots: 'The message that began the thread is not in the export. Its replies hang under an empty place that is filled when a longer export brings it.',
  removed_roots: 'The message that began the thread was deleted in Slack; its replies are kept.',
  broadcast_mention: '@here, @channel and @everyone are kept as words; they call nobody here.',
  user_group: 'Mentions of user groups are kept as words.',
  unknown_mention: 'The mentioned person is not in the export; the mention is kept as words.',
  unknown_channel: 'The mentioned channel is not in the export; its name is kept as words.',
  private_channel: 'A private channel was mentioned where others can read; its name is left out.',
  unknown_people: 'These people wrote, reacted or were members, but are not in users.json. They are here under a made-up name.',
  bot_names: 'These bots wrote under changing names. The message stands under the bot; the name it used is in the message.',
  button: 'Buttons and forms of apps do nothing here and are left out.',
  unknown_block: 'Parts of messages in a form that is not known.',
  unknown_element: 'Parts of a text in a form that is not known; their words are kept where there are any.',
  pins: 'Pins are not kept; the pinned messages are.',
  photos: 'Profile photos are links in a Slack export; nothing is fetched.',
  profile_fields: 'Telephone numbers, status and other fields of profiles are not kept.',
  administrators: 'Administrators and owners in Slack become members here. Make somebody an administrator yourself.',
  merged_people: 'Several accounts with one e-mail address became one person.',
  merged_reactions: 'One person reacted with the same emoji under two of its names; it counts once.',
  long_names: 'Names that were longer than fits were shortened.',
  unreadable_rows: 'Entries of the files that are not messages, or have no time, are left out.',
  damaged_rows: 'Entries that were not valid UTF-8; signs that could not be read show as �.',
  repeated_rows: 'Entries that stand twice in the export are here once.',
  unknown_folders: 'Folders that belong to no channel of the export are left out.',
  other_files: 'Other files of the archive are left out.',
  canvases: 'Canvases and lists are links in a Slack export; nothing is fetched.',
  sealed_people: 'Conversations with more people than one takes here became secret spaces.',
} satisfies Record<string, string>
export type Reason = keyof typeof reasons

const most = 20

/** Collects a report while an archive is read. Its size does not grow with the archive. */
export class Tally {
  readonly carried = Object.fromEntries(sorts.map((sort) => [sort, 0])) as Record<Carried, number>
  private readonly losses = new Map<Reason, { count: number; samples: Set<string> }>()

  add(sort: Carried, count = 1): void {
    this.carried[sort] += count
  }

  /** Notes something that is not carried; `sample` names it for people, and is kept for the first few. */
  lose(reason: Reason, sample: string, count = 1): void {
    const loss = this.losses.get(reason) ?? { count: 0, samples: new Set() }
    loss.count += count
    if (loss.samples.size < most && sample) loss.samples.add(sample.slice(0, 200))
    this.losses.set(reason, loss)
  }

  report(archive: Report['archive']): Report {
    const order = Object.keys(reasons) as Reason[]
    const found = order.filter((reason) => this.losses.has(reason))
    return {
      archive, carried: { ...this.carried },
      not_carried: found.map((code) => {
        const { count, samples } = this.losses.get(code)!
        return { code, text: reasons[code], count, samples: [...samples] }
      }),
    }
  }
}

/** A report as lines for a terminal. */
export function describe({ archive, carried, not_carried }: Report): string {
  const lines = [`Read ${archive.files} files, ${archive.days} days of channels${archive.first ? `, ${archive.first} to ${archive.last}` : ''}.`, '', 'Carried:']
  for (const [sort, count] of Object.entries(carried)) if (count) lines.push(`  ${String(count).padStart(9)}  ${sort.replaceAll('_', ' ')}`)
  lines.push('', not_carried.length ? 'Not carried, or changed:' : 'Everything was carried.')
  for (const { text, count, samples } of not_carried) {
    lines.push(`  ${String(count).padStart(9)}  ${text}`)
    if (samples.length) lines.push(`             ${samples.slice(0, 3).join(' · ')}${count > 3 ? ' · …' : ''}`)
  }
  return lines.join('\n')
}
