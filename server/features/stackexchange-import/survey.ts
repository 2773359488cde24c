import type { Progress } from '../../core/imports/importers.ts'
import { MAX_BODY } from '../../core/entries/schema.ts'
import { type Dump, type DumpFile, FILES } from './dump.ts'
import { PostIndex } from './post-index.ts'
import { type Report, Tally } from './report.ts'
import { line, moment, number, tagsOf, topicOf, type Writer, writerOf } from './rows.ts'
import { SiteFinder } from './site.ts'
import { nobody, personOf, type Writers } from './writers.ts'
import type { XmlRow } from './xml-rows.ts'

export type Survey = {
  index: PostIndex
  /** the address that the site has, when its texts tell it, and when it was opened */
  host: string | null
  openedAt: number
  writers: Writers
  /** pairs of a question and the one that it repeats */
  duplicates: [number, number][]
  tally: Tally
  report: Report
}

/** Tells how often something is called now and then. */
const EACH = 1000

/**
 * Reads a dump from its first to its last byte without writing anything: whatever is broken is found here, and everything is counted.
 * @throws Refusal for a broken dump
 */
export async function survey(dump: Dump, progress: Progress = () => {}): Promise<Survey> {
  const tally = new Tally()
  const index = new PostIndex()
  const writers: Writers = { users: new Map(), names: new Map() }
  const finder = new SiteFinder()
  const links = await readLinks(dump, finder)
  const span = await readPosts(dump, { tally, index, writers, finder, progress })
  countAccepted(index, tally)
  await readComments(dump, { tally, index, writers, progress })
  const openedAt = await readUsers(dump, writers, tally) ?? span.first ?? 0
  index.site = openedAt ? new Date(openedAt).toISOString() : ''
  for (const [key, name] of writers.names)
    if (typeof name === 'string') {
      tally.lose('unknown_people', name)
      writers.names.set(key, nobody(name, `name:${index.site}:${key}`))
    }
  for (const [id, known] of writers.users)
    if (typeof known === 'string') {
      tally.lose('unknown_people', known || `user${id}`)
      writers.users.set(id, nobody(known || `user${id}`, ofSite(index, id)))
    } else known.external_id ||= ofSite(index, id)
  tally.add('people', writers.users.size + writers.names.size)
  tally.add('spaces')
  const duplicates = settleDuplicates(links, index, tally)
  await countRest(dump, tally)
  const day = (at: number | null) => (at === null ? null : new Date(at).toISOString().slice(0, 10))
  const archive = { files: dump.files, bytes: dump.bytes, days: 0, first: day(span.first), last: day(span.last) }
  return { index, host: finder.host, openedAt, writers, duplicates, tally, report: tally.report(archive) }
}

const ofSite = ({ site }: PostIndex, id: number) => `user:${site}:${id}`

/** The links that dumps number: 1 leads to another post, 3 says that a question repeats another. */
async function readLinks(dump: Dump, finder: SiteFinder): Promise<[number, number][]> {
  const duplicates: [number, number][] = []
  for await (const row of dump.rows('PostLinks')) {
    const [post, other] = [number(row.PostId), number(row.RelatedPostId)]
    if (post === null || other === null) continue
    if (row.LinkTypeId === '3') duplicates.push([post, other])
    else finder.expect(post, other)
  }
  return duplicates
}

type Reading = { tally: Tally; index: PostIndex; writers: Writers; progress: Progress }

async function readPosts(dump: Dump, { tally, index, writers, finder, progress }: Reading & { finder: SiteFinder }) {
  const span = { first: null as number | null, last: null as number | null }
  const topics = new Set<string>()
  let orphans = 0
  for await (const row of dump.rows('Posts')) {
    const [id, at] = [number(row.Id), moment(row.CreationDate)]
    const isQuestion = row.PostTypeId === '1'
    if (id === null || at === null) tally.lose('unreadable_rows', `Posts.xml ${line(row.Id, 20)}`)
    else if (!isQuestion && row.PostTypeId !== '2') tally.lose('wikis', '')
    else {
      if (span.first === null || at < span.first) span.first = at
      if (span.last === null || at > span.last) span.last = at
      index.add({ id, at, isQuestion, link: number(isQuestion ? row.AcceptedAnswerId : row.ParentId) ?? 0 })
      finder.look(id, row)
      noteWriter(writers, writerOf(row, 'Owner'), row.OwnerDisplayName)
      noteText(row, tally)
      for (const tag of isQuestion ? tagsOf(row.Tags) : []) noteTag(tag, topics, tally)
      if (index.size % EACH === 0) progress(index.size)
    }
  }
  tally.lose('repeated_rows', 'Posts.xml', index.settle())
  for (const place of index.all()) {
    if (index.findWhole(place.id)) tally.add(place.isQuestion ? 'questions' : 'answers')
    else orphans += 1
  }
  tally.lose('orphans', '', orphans)
  tally.entries = tally.carried.questions + tally.carried.answers
  tally.add('topics', topics.size)
  return span
}

/** What of a post is not carried as it was. */
function noteText({ Body = '', Title, LastEditDate, ClosedDate }: XmlRow, tally: Tally): void {
  if (LastEditDate) tally.add('edited')
  if (ClosedDate) tally.lose('closed', line(Title, 100))
  tally.lose('pictures', '', Body.match(/<img\b/gi)?.length ?? 0)
  tally.lose('spoilers', '', Body.match(/<blockquote class="spoiler/gi)?.length ?? 0)
  if ([...(Title ?? '').slice(0, 401)].length > MOST_TITLE) tally.lose('cut_titles', line(Title, 100))
  if (Body.length > MAX_BODY * 4) tally.lose('cut_texts', line(Title, 100))
}

export const MOST_TITLE = 200

function noteTag(tag: string, topics: Set<string>, tally: Tally): void {
  if (topicOf(tag) !== tag) tally.loseOnce('changed_tags', tag, tag)
  topics.add(tag)
}

function noteWriter({ users, names }: Writers, writer: Writer, name: string | undefined): void {
  if ('name' in writer) names.set(writer.name.toLowerCase(), writer.name)
  else if (!users.has(writer.user)) users.set(writer.user, line(name, 100))
}

function countAccepted(index: PostIndex, tally: Tally): void {
  for (const { id, isQuestion, link } of index.all())
    if (isQuestion && link) {
      const answer = index.find(link)
      if (answer && !answer.isQuestion && answer.link === id) tally.add('accepted')
      else tally.lose('accepted_elsewhere', '')
    }
}

async function readComments(dump: Dump, { tally, index, writers, progress }: Reading): Promise<void> {
  for await (const row of dump.rows('Comments')) {
    const post = number(row.PostId)
    if (number(row.Id) === null || post === null || moment(row.CreationDate) === null) tally.lose('unreadable_rows', `Comments.xml ${line(row.Id, 20)}`)
    else if (!index.findWhole(post)) tally.lose('lost_comments', '')
    else {
      noteWriter(writers, writerOf(row, ''), row.UserDisplayName)
      tally.lose('called_names', '', /(?:^|\s)@\w/.test(row.Text ?? '') ? 1 : 0)
      tally.add('comments')
      if (++tally.entries % EACH === 0) progress(tally.entries)
    }
  }
}

/** Finds who wrote. @returns when the first account was made, with which the site began */
async function readUsers(dump: Dump, { users }: Writers, tally: Tally): Promise<number | null> {
  let first: { id: number; at: number } | null = null
  for await (const row of dump.rows('Users')) {
    const [id, at] = [number(row.Id), moment(row.CreationDate)]
    if (id === null || at === null) {
      tally.lose('unreadable_rows', `Users.xml ${line(row.Id, 20)}`)
      continue
    }
    if (!first || id < first.id) first = { id, at }
    if (users.has(id)) users.set(id, personOf(id, row))
    else tally.lose('silent_people', '')
    if (row.AboutMe || row.Location || row.WebsiteUrl) tally.lose('profiles', '')
  }
  return first?.at ?? null
}

/** A question leads to one other, which leads nowhere itself. */
function settleDuplicates(links: [number, number][], index: PostIndex, tally: Tally): [number, number][] {
  const [linked, targets] = [new Set<number>(), new Set<number>()]
  const kept = links.filter(([post, other]) => {
    const isFree = post !== other && !linked.has(post) && !targets.has(post) && !linked.has(other)
    if (!isFree || !index.find(post)?.isQuestion || !index.find(other)?.isQuestion) return false
    linked.add(post)
    targets.add(other)
    return true
  })
  tally.add('duplicates', kept.length)
  tally.lose('duplicates_lost', '', links.length - kept.length)
  return kept
}

// Numbers of the format: what tells of an earlier text, and what somebody did with a post.
const TEXTS = new Set(['4', '5', '6', '7', '8', '9'])
const FIRST = new Set(['1', '2', '3'])

async function countRest(dump: Dump, tally: Tally): Promise<void> {
  for await (const _ of dump.rows('Votes')) tally.lose('votes', '')
  for await (const _ of dump.rows('Badges')) tally.lose('badges', '')
  // What a tag is called stands with each question.
  for await (const _ of dump.rows('Tags'));
  for await (const row of dump.rows('PostHistory')) {
    if (TEXTS.has(row.PostHistoryTypeId)) tally.lose('edit_history', '')
    else if (!FIRST.has(row.PostHistoryTypeId)) tally.lose('moderation', '')
  }
  for (const file of FILES) if (!dump.has(file) && needed.has(file)) tally.lose('missing_files', `${file}.xml`)
  for (const name of dump.others) tally.lose('other_files', name)
}

const needed = new Set<DumpFile>(['Users', 'Comments', 'PostLinks'])
