import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { markAllRead } from '../../core/entries/commands.ts'
import { isAdmin } from '../../core/people/policy.ts'
import { newSpace } from '../../core/spaces/NewSpaceDoor.tsx'
import { useConversations, useMySpaces } from '../../core/spaces/queries.ts'
import { api } from '../../kernel/api.ts'
import { pathOfSpace, paths } from '../../kernel/paths.ts'
import { signOut, useMe } from '../../kernel/session.tsx'
import { shortcutList } from '../../kernel/shortcuts.ts'
import type { FoundEntry, Page, PersonCard, SpaceCard } from '../../kernel/types.ts'
import { spaceName } from '../../kernel/ui/audience.ts'
import { useScheme } from '../../kernel/theme/use-scheme.ts'
import { leadOf } from './leads.tsx'

export type Choice = { key: string; name: string; note?: string; lead: ReactNode; run: () => void }
export type Group = { title: string; choices: Choice[] }
type Suggestions = { people: PersonCard[]; spaces: SpaceCard[] }

const SHOWN = 6
/** As the server folds names. */
const LETTERS_LIKE: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe' }

/** Where the text starts a word of the name; everything when nothing is typed. */
function fits(name: string, typed: string) {
  const plain = (text: string) => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/[øłđıßæœ]/g, (letter) => LETTERS_LIKE[letter])
  return plain(name).includes(plain(typed))
}

/** All that the palette offers for what is typed: at once what is known here, a moment later what the server finds. */
export function useChoices(typed: string, q: string): Group[] {
  const { t } = useTranslation('palette')
  const places = usePlaces().filter(({ name }) => fits(name, typed))
  const deeds = useDeeds().filter(({ name }) => typed && fits(name, typed))
  const found = useFound(typed, q)
  const messages = useMessages(typed, q)
  const search = useSearchChoice(typed)
  return [
    { title: t('spaces_people'), choices: found },
    { title: t('pages'), choices: typed ? places.slice(0, SHOWN) : places },
    { title: t('actions'), choices: deeds.slice(0, SHOWN) },
    { title: t('search'), choices: search },
    { title: t('messages'), choices: messages },
  ].filter(({ choices }) => choices.length > 0)
}

function useFound(typed: string, q: string): Choice[] {
  const { t } = useTranslation('palette')
  const navigate = useNavigate()
  const { data: mine = [] } = useMySpaces()
  const { data: conversations } = useConversations()
  const { data } = useQuery({
    queryKey: ['suggest', q],
    queryFn: ({ signal }) => api.get<Suggestions>('/search/suggest', { q }, signal),
    enabled: !!q,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const toSpace = (space: SpaceCard): Choice =>
    ({ key: space.id, name: space.name, lead: leadOf.space(space), note: t('space'), run: () => void navigate({ to: pathOfSpace(space) }) })
  const toPerson = (person: PersonCard): Choice =>
    ({ key: person.id, name: person.name, lead: leadOf.person(person), note: person.title || `@${person.handle}`, run: () => void navigate({ to: paths.person(person.id) }) })
  if (!typed) return (conversations?.items ?? []).flatMap(({ people }) => (people.length === 1 ? people : [])).slice(0, 4).map(toPerson)
  const known = mine.filter(({ name }) => fits(name, typed))
  const others = data?.spaces.filter((space) => fits(space.name, typed) && !known.some(({ id }) => id === space.id)) ?? []
  const people = data?.people.filter((person) => fits(`${person.name} ${person.handle} ${person.title ?? ''}`, typed)) ?? []
  return [...[...known, ...others].slice(0, SHOWN).map(toSpace), ...people.slice(0, SHOWN).map(toPerson)]
}

const LETTERS = 3
const HITS = 4

/** Messages with these words, the newest first: a few; the search itself has all of them. */
function useMessages(typed: string, q: string): Choice[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data } = useQuery({
    queryKey: ['palette', q],
    queryFn: ({ signal }) => api.get<Page<FoundEntry>>('/search', { q, limit: HITS }, signal),
    enabled: [...q].length >= LETTERS || /[^\x00-\u024f]{2}/.test(q),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  if (!typed || !data || !q) return []
  return data.items.map((entry) => ({
    key: `hit-${entry.id}`, name: entry.title || entry.excerpt.text, lead: leadOf.person(entry.by), note: `${entry.by.name} · ${spaceName(t, entry.space_card)}`,
    run: () => void navigate({ to: paths.entry(entry.id) }),
  }))
}

function usePlaces(): Choice[] {
  const { t } = useTranslation('palette')
  const navigate = useNavigate()
  const me = useMe()
  const to = (key: string, path: string, name: string): Choice => ({ key, name, lead: leadOf.place(key), run: () => void navigate({ to: path }) })
  return [
    to('home', paths.home, t('kernel:nav.home')),
    to('inbox', paths.inbox, t('kernel:nav.inbox')),
    to('my-work', paths.myWork, t('kernel:nav.my_work')),
    to('saved', paths.saved, t('kernel:nav.saved')),
    to('messages', paths.messages, t('kernel:nav.messages')),
    to('spaces', paths.spaces, t('kernel:nav.spaces')),
    to('people', paths.people, t('kernel:nav.people')),
    ...(me.role === 'guest' ? [] : [to('communities', paths.communities, t('people:communities'))]),
    to('meet', paths.meet, t('people:meet')),
    to('scheduled', paths.scheduled, t('scheduled')),
    to('decisions', paths.decisions, t('decisions:tab')),
    to('profile', paths.person(me.id), t('people:menu.profile')),
    to('settings', paths.settings(), t('people:menu.settings')),
    ...(isAdmin(me) ? [to('admin', paths.admin(), t('people:menu.admin'))] : []),
  ]
}

function useDeeds(): Choice[] {
  const { t } = useTranslation('palette')
  const { setColorScheme } = useScheme()
  const navigate = useNavigate()
  const me = useMe()
  const deed = (key: string, name: string, run: () => void): Choice => ({ key, name, lead: leadOf.deed(key), run })
  return [
    ...(me.role === 'guest' ? [] : [deed('new-space', t('spaces:new'), () => newSpace.set(true))]),
    deed('new-message', t('new_message'), () => void navigate({ to: paths.messages, search: { new: '1' } as never })),
    deed('mark-all', t('entries:mark_all'), () => void markAllRead(location.pathname === paths.inbox ? 'inbox' : 'home')),
    ...(isAdmin(me) || (me.role === 'member' && me.network.members_invite) ? [deed('invite', t('invite'), () => void navigate({ to: isAdmin(me) ? paths.admin('invitations') : paths.invitePeople }))] : []),
    deed('shortcuts', t('people:menu.shortcuts'), () => shortcutList.set(true)),
    deed('light', t('theme.light'), () => setColorScheme('light')),
    deed('dark', t('theme.dark'), () => setColorScheme('dark')),
    deed('auto', t('theme.auto'), () => setColorScheme('auto')),
    deed('sign-out', t('people:menu.sign_out'), () => void signOut()),
  ]
}

function useSearchChoice(typed: string): Choice[] {
  const { t } = useTranslation('palette')
  const navigate = useNavigate()
  if (!typed) return []
  return [{ key: 'search', name: t('search_for', { typed }), lead: leadOf.deed('search'), run: () => void navigate({ to: paths.search, search: { q: typed } as never }) }]
}
