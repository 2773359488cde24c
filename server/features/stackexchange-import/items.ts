import { MAX_BODY } from '../../core/entries/schema.ts'
import { fromHtml, type Resolve } from './body.ts'
import { fromComment } from './comment.ts'
import type { Dump } from './dump.ts'
import { line, moment, number, scoreOf, tagsOf, topicOf, words as wordsOf, writerOf } from './rows.ts'
import { MOST_TITLE, type Survey } from './survey.ts'
import { idOf } from './writers.ts'
import type { XmlRow } from './xml-rows.ts'

/** A question, an answer or a comment as an entry; its words are made only where they are written. */
export type Item = {
  id: string
  kind: 'question' | 'message'
  root: string | null
  parent: string | null
  /** who wrote it, by the id under which they are kept */
  author: string
  at: string
  edited_at: string | null
  /** of an answer, whether it was accepted */
  accepted: boolean | null
  score: number | null
  /** what it is there; where this is the same, so is the entry */
  said: string[]
  words: () => { title: string; body: string; isCut: boolean }
  /** the row of its file, for whoever goes on after it */
  row: number
}

/** The parts of a dump, in the order in which they are written: what is answered comes before what answers it. */
export const PARTS = ['questions', 'answers', 'comments'] as const
export type Part = (typeof PARTS)[number]

/** What a part of a dump brings, from a row on. */
export async function* itemsOf(part: Part, dump: Dump, found: Survey, resolve: Resolve, from: number): AsyncGenerator<Item> {
  const seen = part === 'comments' ? null : new Set<number>()
  let row = 0
  for await (const fields of dump.rows(part === 'comments' ? 'Comments' : 'Posts')) {
    if (++row <= from) continue
    const item = seen ? postOf(fields, part === 'questions', seen, found, resolve) : commentOf(fields, found, resolve)
    if (item) yield { ...item, row }
  }
}

type Made = Omit<Item, 'row'> | null

function postOf(row: XmlRow, isQuestion: boolean, seen: Set<number>, { index, writers }: Survey, resolve: Resolve): Made {
  const id = number(row.Id)
  if (id === null || row.PostTypeId !== (isQuestion ? '1' : '2') || moment(row.CreationDate) === null || seen.has(id)) return null
  const place = index.findWhole(id)
  const question = place && (isQuestion ? place : index.find(place.link))
  if (!place || !question || place.isQuestion !== isQuestion) return null
  if (!index.isSure) seen.add(id)
  const root = isQuestion ? null : index.entryOf(question)
  const edited = moment(row.LastEditDate)
  const title = isQuestion ? line(row.Title, MOST_TITLE) || `Question ${id}` : ''
  const author = idOf(writers, writerOf(row, 'Owner'))
  return {
    id: index.entryOf(place), kind: isQuestion ? 'question' : 'message', root, parent: root, author,
    at: new Date(place.at).toISOString(), edited_at: edited === null ? null : new Date(edited).toISOString(),
    accepted: isQuestion ? null : question.link === id, score: scoreOf(row.Score), said: [author, title, row.Body ?? '', row.Tags ?? '', row.LastEditDate ?? ''],
    words: () => ({ title, ...fitted(fromHtml(wordsOf(row.Body).slice(0, MAX_BODY * 4), resolve), topicLine(row.Tags)) }),
  }
}

function commentOf(row: XmlRow, { index, writers }: Survey, resolve: Resolve): Made {
  const [id, post, at] = [number(row.Id), number(row.PostId), moment(row.CreationDate)]
  const place = post === null ? null : index.findWhole(post)
  if (id === null || at === null || !place) return null
  const parent = index.entryOf(place)
  const root = place.isQuestion ? parent : index.entryOf(index.find(place.link)!)
  const author = idOf(writers, writerOf(row, ''))
  const score = scoreOf(row.Score)
  return {
    id: index.entryOf({ id, at }, 'comment'), kind: 'message', root, parent, author, at: new Date(at).toISOString(), edited_at: null,
    // Nobody votes against a comment: none is the usual, and says nothing.
    accepted: null, score: score || null, said: [author, row.Text ?? ''],
    words: () => ({ title: '', ...fitted(fromComment(wordsOf(row.Text), resolve), '') }),
  }
}

/** The tags of a question as topics, in a line below it. */
const topicLine = (tags: string | undefined): string => {
  const topics = [...new Set(tagsOf(tags).map(topicOf))].filter((topic) => topic !== '')
  return topics.map((topic) => `#${topic}`).join(' ')
}

/** A text with the line below it, cut at a line's end where both together are too long. */
function fitted(text: string, below: string): { body: string; isCut: boolean } {
  const room = MAX_BODY - below.length - 10
  const isCut = text.length > room
  const kept = isCut ? `${text.slice(0, Math.max(text.lastIndexOf('\n', room), room - 2000))}\n\n…` : text
  return { body: [kept, below].filter((part) => part !== '').join('\n\n'), isCut }
}
