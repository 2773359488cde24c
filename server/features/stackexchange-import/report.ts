import { describe as describeReport, type Report as AnyReport, Tally as AnyTally } from '../../core/imports/tally.ts'

const sorts = ['people', 'people_made_up', 'spaces', 'questions', 'answers', 'accepted', 'comments', 'duplicates', 'edited', 'topics'] as const
export type Carried = (typeof sorts)[number]
/** What was carried, by sort, and what was not: how much of it, why, and a few examples. */
export type Report = AnyReport & Record<Carried, number>

// Every sentence says what is missing and what is there instead.
const reasons = {
  votes: [
    'Votes',
    'A dump does not say who voted. Nobody is said to have reacted here; the score that a question, answer or comment had is told beside where it comes from.',
  ],
  accepted_elsewhere: ['Accepted answers that are not here', 'The answer that was accepted is not in the dump; the question is open.'],
  edit_history: ['Earlier texts', 'Texts are here as they stand last, with the time of their last edit; what they were before is left out.'],
  moderation: ['Acts of moderators', 'Closing, protecting, locking, deleting and the like are not carried.'],
  closed: ['Closed questions', 'They can be answered here. Where a question repeats another one, it leads there.'],
  duplicates_lost: ['Duplicates of questions that are not here', 'What they repeat is not in the dump, or repeats a question itself; a question leads to one other at most.'],
  wikis: ['Texts about tags and other pages', 'Only questions and answers are carried, not what was written about tags, nor the pages of the site itself.'],
  orphans: ['Answers without a question', 'Their question is not in the dump.'],
  lost_comments: ['Comments on what is not here', 'What they were written on is not carried.'],
  silent_people: ['People who wrote nothing', 'Whoever asked, answered and commented nothing does not come.'],
  profiles: ['Profiles', 'What people say of themselves, where they live, their addresses, pictures, reputation and badges are not carried.'],
  badges: ['Badges', 'Nobody has badges here.'],
  unknown_people: ['People who were deleted', 'The dump holds only the name that they had, or none. They are here under that name, or a made-up one.'],
  called_names: ['Names that comments call', 'A comment’s @name is kept as words; it calls nobody here.'],
  pictures: ['Pictures', 'They lie on another server, and nothing is fetched from there; a link leads to each.'],
  spoilers: ['Hidden passages', 'What was to be seen after a click only stands in a quotation.'],
  changed_tags: ['Tags with signs', 'A topic takes letters, digits, - and _; other signs are written out or left away.'],
  cut_titles: ['Long titles', 'They were longer than a title may be here, and were cut.'],
  cut_texts: ['Long texts', 'They were longer than a text may be here, and were cut.'],
  unreadable_rows: ['Unreadable rows', 'Rows without an id or a believable time are left out.'],
  repeated_rows: ['Repeated rows', 'They stand twice in the dump and are here once.'],
  missing_files: ['Missing files', 'The dump does not hold them, and nothing that they would say is here.'],
  other_files: ['Other files of the archive', 'They are left out.'],
  attributed: [
    'Words of people who take part here',
    'A dump may hold any words under any name. What it says these people wrote stands under a name with “(import)” behind it until they confirm that it is theirs.',
  ],
  kept_words: ['Edited words of people who take part here', 'Only they themselves change their words here; what this dump has differently is left out.'],
} satisfies Record<string, [string, string]>
export type Reason = keyof typeof reasons

/** Collects a report while a dump is read. */
export class Tally extends AnyTally<Carried, Reason> {
  constructor() {
    super(sorts, reasons)
  }
}

/** A report as lines for a terminal. */
export function describe(report: AnyReport): string {
  const { files, first, last } = report.archive
  return describeReport(report, { read: `Read ${files} files${first ? `, ${first} to ${last}` : ''}.`, entries: 'questions, answers and comments' })
}
