import { canonicalEmoji } from '../../kernel/text-emoji.ts'

/** Where the threads of a script stand: a space by its key, a direct conversation of these people, or their authors' own pages. */
export type Place = { space: string } | { talk: string[] } | 'profiles'
export type Reaction = { emoji: string; people: string[] }
export type Argument = { option: string; side: 'for' | 'against' }
export type Fact = { value: object | null; place: string; source: string; confidence: 'medium' | 'high' }
/** `isCorrection`: not in silence, but so that it says what was wrong */
export type Edit = { after: string; from: string; to: string; isCorrection: boolean }

/** One line of a script: who says what, and when after the line before it. The first line of a thread has `at` instead. */
export type Line = {
  author: string; title: string; body: string
  at: string; after: string
  /** said to the person who filled the network */
  forOwner: boolean
  /** whose newest words in the thread this answers; '' for its beginning */
  answers: string
  reactions: Reaction[]; edit: Edit | null
  /** what content/decisions.ts says of it, where it is one; and of which of its options a reply speaks */
  decision: string | null; argument: Argument | null
  /** what content/polls.ts says of it, where it is one */
  poll: string | null
  /** that it is a fact, and who saw it so, too, and when */
  fact: Fact | null; seen: { after: string; people: string[] }[]
}
export type Thread = { place: Place; lines: Line[] }

const PLACE = /^(?:space: (?<space>[a-z0-9]+)|talk: (?<talk>[a-z ]+)|profiles:.*)$/
const HEAD = /^== (?<at>now-\S+|(?:-\d+|(?:sat|sun)-\d+) \d\d:\d\d) (?<owner>\??)(?<author>[a-z]+)(?:: (?<text>.*))?$/
const REPLY = /^\+(?<after>(?=\d)(?:\d+d)?(?:\d+h)?(?:\d+m)?) (?<owner>\??)(?<author>[a-z]+)(?:>(?<answers>[a-z]+))?: (?<text>.*)$/
const EDIT = /^:: (?<how>edit|correct) \+(?<after>\S+) (?<from>.+) => (?<to>.+)$/
const DECISION = /^:: decision (?<name>[a-z-]+)$/
const POLL = /^:: poll (?<name>[a-z-]+)$/
const ARGUMENT = /^:: argument (?<option>\d+) (?<side>for|against)$/
const FACT = /^:: fact(?: (?<value>[^|]+?))?(?: ?\| (?<place>[^|]+?))?(?: \| (?<source>[^|]+?))?(?: \| (?<sure>high))?$/
const SEEN = /^:: seen \+(?<after>\S+) (?<people>[a-z]+(?: [a-z]+)*)$/
const REACTION = /^:: (?<emoji>\S+) (?<people>[a-z]+(?: [a-z]+)*)$/

/**
 * Reads a script of threads. Its lines are
 *
 *     space: cell                       where what follows stands (or `talk: ann bob`, or `profiles: …`)
 *     == -12 09:12 ann: A title         begins a thread 12 working days before the anchor, in UTC; also `sat-2 18:00`, `now-3h10m`
 *     body, in Markdown, any number of lines
 *     +7m bob: a reply 7 minutes later  also `+2h`, `+1d` (a working day); `+7m bob>ann:` answers Ann's newest words;
 *                                       `+7m ?bob:` is said to the one who filled the network, {owner}
 *     :: 🎉 ann eve                     reactions to the entry above
 *     :: fact −42 °C | Hall 2 | Display at the door | high    the entry above is a fact: value, place, source, surely
 *     :: seen +3h bob eve               who saw it so, too
 *     :: edit +9m 9 Nm => 6 Nm          the entry above said "9 Nm" for its first 9 minutes
 *     :: correct +20h 9 Nm => 6 Nm     the same, and that it was corrected then stands with it
 *     :: decision oven                  the entry above is to be decided, as content/decisions.ts says under this name
 *     :: poll hut                       the entry above is a poll, as content/polls.ts says under this name
 *     :: argument 2 against             the reply above speaks against the second option
 *
 * @throws Error that names the file and line
 */
export function parseScript(text: string, file = 'script'): Thread[] {
  const threads: Thread[] = []
  let place: Place | null = null
  let line: Line | null = null
  const fail = (n: number, why: string) => new Error(`${file}:${n + 1}: ${why}`)

  text.split('\n').forEach((row, n) => {
    const where = PLACE.exec(row)?.groups
    if (where) {
      place = where.space ? { space: where.space } : where.talk ? { talk: where.talk.split(' ') } : 'profiles'
      line = null
    } else if (row.startsWith('== ')) {
      if (!place) throw fail(n, 'a thread before its place')
      line = lineOf(HEAD.exec(row)?.groups, isTalk(place))
      if (!line) throw fail(n, 'not the head of a thread')
      threads.push({ place, lines: [line] })
    } else if (/^\+\d/.test(row)) {
      line = lineOf(REPLY.exec(row)?.groups, true)
      if (!line || !threads.length) throw fail(n, 'not a reply')
      threads.at(-1)!.lines.push(line)
    } else if (row.startsWith(':: ')) {
      if (!line || !decorate(line, row)) throw fail(n, 'neither reactions, nor an edit, nor part of a decision or poll')
    } else if (line) line.body += `\n${row}`
    else if (row.trim()) throw fail(n, 'words that nobody says')
  })
  for (const thread of threads) for (const said of thread.lines) said.body = said.body.trim()
  return threads
}

const isTalk = (place: Place) => typeof place === 'object' && 'talk' in place

function lineOf(groups: Record<string, string> | undefined, untitled: boolean): Line | null {
  if (!groups) return null
  const { at = '', after = '', owner, author, answers = '', text = '' } = groups
  return { author, at, after, answers, forOwner: owner === '?', title: untitled ? '' : text, body: untitled ? text : '', reactions: [], edit: null, decision: null, argument: null, poll: null, fact: null, seen: [] }
}

function decorate(line: Line, row: string): boolean {
  const edit = EDIT.exec(row)?.groups
  if (edit) return Boolean((line.edit = { after: edit.after, from: edit.from, to: edit.to, isCorrection: edit.how === 'correct' }))
  const decision = DECISION.exec(row)?.groups
  if (decision) return Boolean((line.decision = decision.name))
  const poll = POLL.exec(row)?.groups
  if (poll) return Boolean((line.poll = poll.name))
  const argument = ARGUMENT.exec(row)?.groups
  if (argument) return Boolean((line.argument = { option: argument.option, side: argument.side as Argument['side'] }))
  const fact = FACT.exec(row)?.groups
  if (fact) return Boolean((line.fact = { value: valueOf(fact.value), place: fact.place ?? '', source: fact.source ?? '', confidence: fact.sure ? 'high' : 'medium' }))
  const seen = SEEN.exec(row)?.groups
  if (seen) return Boolean(line.seen.push({ after: seen.after, people: seen.people.split(' ') }))
  const reaction = REACTION.exec(row)?.groups
  return Boolean(reaction && line.reactions.push({ emoji: canonicalEmoji(reaction.emoji), people: reaction.people.split(' ') }))
}

/** A number with its unit, or words. */
function valueOf(text: string | undefined): object | null {
  if (!text) return null
  const number = /^([−\d,.]+)\s?(\D{1,20})$/.exec(text)
  return number ? { type: 'number', number: Number(number[1].replace('−', '-').replace(',', '')), unit: number[2].trim() } : { type: 'text', text }
}
