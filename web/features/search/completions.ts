import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useConversations, useMySpaces } from '../../core/spaces/queries.ts'
import { api } from '../../kernel/api.ts'
import type { PersonCard, SpaceCard } from '../../kernel/types.ts'
import { type QueryPart, slugOf, valueOf } from './query-parts.ts'

/** What may stand in the place of the piece that is being written. */
export type Completion = { text: string; label: string; detail?: string }
type Suggestions = { people: PersonCard[]; spaces: SpaceCard[] }

const MOST = 7
const HAS = ['file', 'image', 'link'] as const
const IS = ['unread', 'reply', 'thread', 'direct', 'question', 'resolved', 'corrected', 'retracted'] as const
const DAYS = ['today', 'yesterday', 'this_week', 'last_week', 'last_month', 'last_year'] as const

/** Completions for a modifier: people, spaces, days in words, or what it knows. */
export function useCompletions(part: QueryPart | undefined): Completion[] {
  const { t } = useTranslation('search')
  const name = part?.modifier ?? ''
  const isPerson = name === 'from' || name === 'with'
  const typed = part?.value.trim() ?? ''
  const { data } = useQuery({
    queryKey: ['suggest', typed],
    queryFn: ({ signal }) => api.get<Suggestions>('/search/suggest', { q: typed }, signal),
    enabled: (isPerson || name === 'in') && !!typed, placeholderData: keepPreviousData, staleTime: 30_000,
  })
  const near = useNear(typed, data)
  if (!part || !name) return []
  const start = part.text.startsWith('-') ? `-${name}:` : `${name}:`
  const whole = (list: Completion[]) => (list.length === 1 && list[0].text === part.text ? [] : list.slice(0, MOST))
  if (isPerson) return whole(near.people.map((person) => ({ text: start + person.handle, label: person.name, detail: `@${person.handle}` })))
  if (name === 'in') return whole(near.spaces.map((space) => ({ text: start + slugOf(space.name), label: space.name })))
  return whole(fixed(t, name, start).filter(({ text, label }) => `${text} ${label}`.toLowerCase().includes(typed.toLowerCase())))
}

/** Before anything is typed: those one talks with, and one's own spaces. */
function useNear(typed: string, data: Suggestions | undefined): Suggestions {
  const { data: mine = [] } = useMySpaces()
  const { data: talks } = useConversations()
  if (typed) return data ?? { people: [], spaces: [] }
  return { people: (talks?.items ?? []).flatMap(({ people }) => (people.length === 1 ? people : [])), spaces: mine }
}

function fixed(t: TFunction<'search'>, name: string, start: string): Completion[] {
  if (name === 'has') return HAS.map((what) => ({ text: start + what, label: t(`has.${what}`) }))
  if (name === 'is') return IS.map((what) => ({ text: start + what, label: t(`is.${what}`) }))
  return name === 'kind' ? [] : DAYS.map((day) => ({ text: start + valueOf(t(`day.${day}`)), label: t(`day.${day}`) }))
}
