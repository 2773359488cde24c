import { describe as describeReport, type Report as AnyReport, Tally as AnyTally } from '../../core/imports/tally.ts'

/** What was carried, by sort, and what was not: how much of it, why, and a few examples. */
export type Report = AnyReport & Record<Carried, number>

const sorts = [
  'people',
  'bots',
  'people_made_up',
  'people_merged',
  'spaces',
  'conversations',
  'memberships',
  'updates',
  'replies',
  'notices',
  'removed',
  'threads',
  'broadcasts',
  'placeholders',
  'reactions',
  'files',
  'files_with_content',
  'edited',
  'mentions',
  'from_bots',
] as const
export type Carried = (typeof sorts)[number]

// Every sentence says what is missing and what is there instead.
const reasons = {
  file_contents: [
    'Contents of files',
    'Slack itself exports links to files, not the files. Name, type and size are kept with the message; '
      + 'files that lie in the archive come along.',
  ],
  large_files: ['Files that are too large', 'They are larger than a file may be here; name, type and size are kept.'],
  refused_files: ['Files that cannot be taken', 'Their contents cannot be taken in; name, type and size are kept.'],
  deleted_files: ['Deleted files', 'They were already deleted in Slack; the message says that there was one.'],
  canvases: ['Canvases', 'They are links in a Slack export; nothing is fetched. What was said about them is here.'],
  lists: ['Lists', 'They are links in a Slack export; nothing is fetched.'],
  transcripts: ['Transcripts of huddles', 'They are links in a Slack export; nothing is fetched.'],
  link_previews: ['Previews of links', 'Previews of linked pages are not kept; the links are.'],
  message_previews: [
    'Previews of messages',
    'Previews of linked Slack messages are not kept; the links are, and lead to the imported message where it is here.',
  ],
  edit_history: [
    'Earlier texts',
    'A Slack export holds only the last text of an edited message, and when it was edited.',
  ],
  edit_log: [
    'Logs of edits and deletions',
    'Entries that tell what happened to a message are no messages, and the earlier or deleted texts that they may hold are left out. '
      + 'The message is here as it stands last in the export, and not at all where only its log is left.',
  ],
  empty_messages: ['Messages without words', 'The export holds none of their words; the message says what it was.'],
  nameless_reactions: [
    'Reactions without a name',
    'The export counts more reactions than it names people; only those with a name are kept.',
  ],
  cut_purposes: ['Long purposes', 'Purpose and topic of the channel were longer than a space takes, and were cut.'],
  broadcasts: ['Replies also sent to the channel', 'They stand in their thread only, once.'],
  missing_roots: [
    'Missing first messages',
    'The message that began the thread is not in the export. Its replies hang under an empty place, '
      + 'which a longer export fills.',
  ],
  removed_roots: [
    'Deleted first messages',
    'The message that began the thread was deleted in Slack; its replies are kept.',
  ],
  broadcast_mention: ['@here, @channel, @everyone', 'They are kept as words; they call nobody here.'],
  user_group: ['Mentions of user groups', 'They are kept as words.'],
  unknown_mention: [
    'Mentions of unknown people',
    'The mentioned person is not in the export; the mention is kept as words.',
  ],
  unknown_channel: [
    'Links to unknown channels',
    'The mentioned channel is not in the export; its name is kept as words.',
  ],
  private_channel: [
    'Names of private channels',
    'A private channel was mentioned where others can read; its name is left out there.',
  ],
  unknown_people: [
    'People without an account',
    'They wrote, reacted or were members, but are not in users.json. '
      + 'They are here under the name that was found, or a made-up one.',
  ],
  bot_names: [
    'Changing names of bots',
    'A bot wrote under another name. The message stands under the bot and begins with that name.',
  ],
  button: ['Buttons and forms', 'Those of apps would do nothing here and are left out.'],
  pictures: ['Small pictures of apps', 'Pictures in messages of apps are not kept.'],
  unnamed_parts: [
    'Canvases, lists and workflows in texts',
    'The text holds only their id. They are named where the message names them.',
  ],
  unknown_block: ['Unknown parts of messages', 'Parts in a form that is not known; their words are kept where there are any.'],
  unknown_element: [
    'Unknown parts of texts',
    'Parts in a form that is not known; their words are kept where there are any.',
  ],
  pins: ['Pins', 'The pinned messages are here, but not pinned.'],
  own_emoji: ['Own emoji of the workspace', 'The export names them and does not hold their pictures. Whoever adds emoji of these names here sees them everywhere they were used.'],
  refused_emoji: ['Emoji that were not taken', 'Their pictures are too large, or cannot be read.'],
  photos: ['Profile photos', 'They are links in a Slack export; nothing is fetched.'],
  profile_fields: ['Other fields of profiles', 'Telephone numbers, status and custom fields are not kept.'],
  administrators: [
    'Administrators',
    'Administrators and owners in Slack are members here. Make somebody an administrator yourself.',
  ],
  merged_people: ['Double accounts', 'Several accounts with one e-mail address became one person.'],
  merged_reactions: ['Double reactions', 'One person reacted with one emoji under two of its names; it counts once.'],
  unreadable_rows: [
    'Unreadable entries',
    'Entries of the files that are not messages, or have no believable time, are left out.',
  ],
  damaged_rows: ['Damaged texts', 'Entries that were not valid UTF-8; signs that could not be read show as �.'],
  repeated_rows: ['Repeated entries', 'They stand twice in the export and are here once.'],
  unknown_folders: ['Unknown folders', 'Folders that belong to no channel of the export are left out.'],
  other_files: ['Other files of the archive', 'They are left out.'],
  closed_in_doubt: [
    'Channels closed in doubt',
    'The export lists them for everybody, or in a list that is not known, but something says that they are private. '
      + 'They are for their members only.',
  ],
  guessed_members: [
    'Members that are not listed',
    'The export does not say who is in these private channels and conversations. '
      + 'Their members are those who are named in them or wrote there and did not leave.',
  ],
  unreadable_spaces: [
    'Private channels that nobody can read',
    'No member of theirs is known. They are here, and closed to everybody.',
  ],
  shared_folders: [
    'Channels of one name',
    'Their messages lie in one folder and cannot be told apart. They stand in one of these channels; '
      + 'where one is private, in that one, and only for those who are in all of the private ones.',
  ],
  large_conversations: [
    'Large conversations',
    'Conversations of more people than one takes here are secret spaces now, with the same members.',
  ],
  withheld: [
    'Private spaces kept back',
    'Somebody who was here already has the e-mail address of a member. As nobody has confirmed that the address is '
      + 'theirs, they do not see these private spaces. Import again and confirm the addresses to give them access.',
  ],
  join_requests: [
    'Requests to join',
    'These private spaces were here already, and who is in them is decided here: whom this archive names as their members '
      + 'does not come in, but asks their hosts.',
  ],
  kept_out: [
    'Members who do not come in',
    'Guests who are here already, and whom hosts took out of an open space, come in by its hosts only.',
  ],
  kept_spaces: [
    'Spaces that stay as they are',
    'Slack has another name or purpose for these channels, or archived or reopened them. People take part in them here: their hosts decide.',
  ],
  kept_open: [
    'Channels that became private',
    'They are open here, and people take part in them: no archive closes them. Nothing of what is new in them came in. '
      + 'Let their hosts make them closed or secret, and import again.',
  ],
  kept_members: [
    'Members who left in Slack',
    'They have not come in yet, and stay members of spaces in which people take part here. Their hosts can take them out.',
  ],
  known_people: [
    'People who were here already',
    'They have the e-mail address of a Slack account.',
  ],
  attributed: [
    'Words of people who take part here',
    'An archive may hold any words under any address. What it says these people wrote stands under a name with “(import)” '
      + 'behind it until they confirm that it is theirs.',
  ],
  kept_words: [
    'Edited messages of people who take part here',
    'Only they themselves change their words and files here, and no message changes its author; '
      + 'what this archive has differently is left out.',
  ],
  no_room: [
    'Files that do not fit',
    'All files together would take more than this network keeps, or than the disk has; name, type and size are kept. '
      + 'Import again when there is room.',
  ],
} satisfies Record<string, [string, string]>
export type Reason = keyof typeof reasons

// Slack writes these three signs as entities, wherever it writes words or addresses.
const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>' }
const decoded = (text: string) => text.replace(/&(amp|lt|gt);/g, (_, name: string) => SIGNS[name])

/** Collects a report while an export is read. */
export class Tally extends AnyTally<Carried, Reason> {
  constructor() {
    super(sorts, reasons)
  }

  override lose(reason: Reason, example: string, count = 1): void {
    super.lose(reason, decoded(example.slice(0, 400)), count)
  }

  /** whether the archive holds the contents of a file */
  isBundled: (id: string) => boolean = () => false
  /** the files whose contents come along */
  readonly attached = new Set<string>()
  attach(id: string): void {
    this.attached.add(id)
    this.add('files_with_content')
  }
}

/** A report as lines for a terminal. */
export function describe(report: AnyReport): string {
  const { archive } = report
  const span = archive.first ? `, ${archive.first} to ${archive.last}` : ''
  return describeReport(report, { read: `Read ${archive.files} files, ${archive.days} days of channels${span}.`, entries: 'messages' })
}
