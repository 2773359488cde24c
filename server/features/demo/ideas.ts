import type { Ctx } from '../../kernel/context.ts'
import { later, momentOf } from './calendar.ts'
import { ideas as scripts, type IdeaLine } from './content/ideas.ts'
import type { Entry, Person, Space } from './told.ts'

const DAY = 86_400_000
const MINUTE = 60_000
/** After how many months it is asked whether an idea worked. */
const MONTHS = 3

export type Telling = {
  anchor: number; spaces: Map<string, Space>; idOf: (key: string) => string; cast: Map<string, Person>
  /** the moment of a line, and an id for it */
  jitter: (ms: number, key: string) => number; makeId: (ms: number, key: string) => string
}
type Told = { idea: Entry; steps: { entry: Entry; line: IdeaLine }[]; support: { person: string; ms: number }[] }
/** What the sample company proposed, beside its entries. */
export type Ideas = Map<string, Told>

/** The ideas of the script with all that happened to them; their entries stand among the others. */
export function tellIdeas({ anchor, spaces, idOf, cast, jitter, makeId }: Telling): Ideas {
  return new Map(scripts.map(({ key, space: where, at, author, title, body, support, lines }) => {
    const space = spaces.get(where)!
    const entry = (ms: number, n: number, more: Partial<Entry> & Pick<Entry, 'author' | 'kind' | 'body'>): Entry => {
      const id = makeId(ms, `idea ${key} ${n}`)
      return { id, ms, space, root: null, parent: null, title: '', edited: null, reactions: [], decision: null, argument: null, poll: null, fact: null, seen: [], ...more }
    }
    let ms = momentOf(at, anchor)
    const idea = entry(jitter(ms, `idea ${key}`), 0, { author: idOf(author), kind: 'idea', title, body })
    const steps = lines.flatMap((line, n) => {
      ms = later(ms, line.after)
      const at = jitter(ms, `idea ${key} ${n + 1}`)
      if (at >= anchor) return []
      const isStep = line.stage || line.owner || line.worked || line.merged
      const said = entry(at, n + 1, { author: idOf(line.author), kind: isStep ? 'idea_step' : 'message', body: line.body, root: idea.id, parent: idea.id })
      return [{ entry: said, line }]
    })
    const voices = support.split(' ').map((one, n) => ({ person: idOf(one), ms: Math.min(Math.max(idea.ms + (n + 1) * 47 * MINUTE, cast.get(one)!.ms), anchor - 1) }))
    return [key, { idea, steps, support: voices }] as const
  }))
}

export const entriesOfIdeas = (ideas: Ideas): Entry[] => [...ideas.values()].flatMap(({ idea, steps }) => [idea, ...steps.map(({ entry }) => entry)])

const iso = (ms: number) => new Date(ms).toISOString()

/** Writes what is not in their entries: how far they are, who supports them, and each step. */
export async function writeIdeas({ db }: Ctx, ideas: Ideas, anchor: number): Promise<void> {
  const all = [...ideas.values()]
  const merges = all.flatMap(({ idea, steps }) => steps.filter(({ line }) => line.merged).map(({ entry, line }) => ({ from: idea.id, into: ideas.get(line.merged!)!.idea.id, ms: entry.ms })))
  const voices = voicesOf(all, merges)
  await db.insertInto('ideas').values(all.map(({ idea, steps }) => {
    const last = steps.findLast(({ line }) => line.stage)
    const asked = new Date(last?.entry.ms ?? 0)
    asked.setUTCMonth(asked.getUTCMonth() + MONTHS)
    return {
      entry_id: idea.id, space_id: idea.space.id, stage: last?.line.stage ?? 'new', since: iso(last?.entry.ms ?? idea.ms), owner_id: steps.findLast(({ line }) => line.owner)?.entry.author ?? idea.author,
      support: voices.filter(({ idea_id }) => idea_id === idea.id).length, offered_to: null, offered_at: null, ask_at: last?.line.stage === 'adopted' ? asked.toISOString() : null,
      merged_into: null, merged_at: null, from_id: null,
    }
  })).execute()
  for (const { from, into, ms } of merges) await db.updateTable('ideas').set({ merged_into: into, merged_at: iso(ms) }).where('entry_id', '=', from).execute()
  await db.insertInto('idea_supports').values(voices).execute()
  await db.insertInto('idea_steps').values(all.flatMap((told) => stepsOf(told, ideas, anchor))).execute()
}

type Merge = { from: string; into: string; ms: number }

/** Voices of what was merged went along, once. */
function voicesOf(all: Told[], merges: Merge[]) {
  const own = all.flatMap(({ idea, support }) => support.map(({ person, ms }) => ({ idea_id: idea.id, person_id: person, via: null as string | null, at: iso(ms) })))
  const came = merges.flatMap(({ from, into, ms }) => own.filter(({ idea_id, person_id }) => idea_id === from && !own.some((one) => one.idea_id === into && one.person_id === person_id))
    .map(({ person_id }) => ({ idea_id: into, person_id, via: from as string | null, at: iso(ms) })))
  return [...own, ...came]
}

function stepsOf({ idea, steps }: Told, ideas: Ideas, anchor: number) {
  let before: 'new' | NonNullable<IdeaLine['stage']> = 'new'
  return steps.filter(({ entry }) => entry.kind === 'idea_step').map(({ entry, line: { stage = null, measured = '', until, owner, worked = null, merged } }) => {
    const row = {
      entry_id: entry.id, idea_id: idea.id, what: stage ? 'stage' as const : owner ? 'owner' as const : merged ? 'merged' as const : 'worked' as const,
      before: stage ? before : null, stage, measured, until: stage === 'trial' && until !== undefined ? iso(anchor + until * DAY).slice(0, 10) : null,
      other_id: merged ? ideas.get(merged)!.idea.id : null, worked,
    }
    if (stage) before = stage
    return row
  })
}
