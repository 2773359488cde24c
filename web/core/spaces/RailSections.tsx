import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { useMe } from '../../kernel/session.tsx'
import { RailLink } from '../../kernel/shell/RailLink.tsx'
import { RailSection } from '../../kernel/shell/RailSection.tsx'
import type { Space } from '../../kernel/types.ts'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { spaceName } from '../../kernel/ui/audience.ts'
import { SpaceSign } from '../../kernel/ui/AudienceLabel.tsx'
import { Talkers } from '../../kernel/ui/Avatar.tsx'
import { useUnread } from '../../kernel/unread.ts'
import { useWaiting } from '../waiting/waiting.ts'
import { MovableLine } from './MovableLine.tsx'
import { newSpace } from './NewSpaceDoor.tsx'
import { useConversations, useMySpaces, useSpace } from './queries.ts'
import { inOrder, useRail } from './rail.ts'

const PEOPLE_SHOWN = 7

/** What I marked as mine, the spaces I follow and the people I talk to. */
export function RailSections() {
  return (
    <>
      <Favourites />
      <Followed />
      <Talked />
    </>
  )
}

function Favourites() {
  const { t } = useTranslation('spaces')
  const { favourites } = useRail()
  const first = useUnreadFirst()
  if (!favourites.length) return null
  return <RailSection title={t('favourites')}>{first(favourites.map((id) => ({ id }))).map(({ id }) => <Favourite key={id} id={id} ids={favourites} />)}</RailSection>
}

function Favourite({ id, ids }: { id: string; ids: string[] }) {
  const { t } = useTranslation('spaces')
  const { data: space } = useSpace(id)
  if (!space) return null
  return <MovableLine list="favourites" ids={ids} id={id} name={spaceName(t, space)}><SpaceLine space={space} /></MovableLine>
}

function SpaceLine({ space }: { space: Space }) {
  const { t } = useTranslation('spaces')
  const { spaces, muted_spaces } = useUnread()
  const unread = spaces[space.id]
  const muted = muted_spaces.includes(space.id) && t('muted')
  const me = useMe()
  if (space.kind === 'direct')
    return (
      <RailLink to={paths.conversation(space.id)} lead={<Talkers people={space.people.length ? space.people : [me]} size={24} />} badge={unread} strong={!!unread} muted={muted}>
        {spaceName(t, space)}
      </RailLink>
    )
  return (
    <RailLink to={paths.space(space.id)} lead={<SpaceSign space={space} />} count={unread} strong={!!unread} muted={muted}>
      {space.name}{space.visibility !== 'open' && <span className="visually-hidden">, {t(`visibility.${space.visibility}`)}</span>}
    </RailLink>
  )
}

/** Those with something new before the others, where I want it so. */
function useUnreadFirst() {
  const { unread_first } = useRail()
  const { spaces } = useUnread()
  return <T extends { id: string }>(items: T[]) => (unread_first ? items.toSorted((a, b) => Number(!spaces[a.id]) - Number(!spaces[b.id])) : items)
}

function Followed() {
  const { t } = useTranslation('spaces')
  const { data = [] } = useMySpaces()
  const { favourites, sequence } = useRail()
  const first = useUnreadFirst()
  const me = useMe()
  const { data: waiting } = useWaiting()
  const invited = waiting?.items.filter(({ kind }) => kind === 'space_invited') ?? []
  const named = inOrder(data.filter(({ state, id }) => state === 'active' && !favourites.includes(id)).toSorted((a, b) => a.name.localeCompare(b.name)), sequence)
  const ids = named.map(({ id }) => id)
  const add = me.role !== 'guest' && (
    <IconButton size={24} label={t('new')} onClick={() => newSpace.set(true)}>
      <IconPlus size={17} stroke={1.75} />
    </IconButton>
  )
  return (
    <RailSection title={t('rail')} action={add}>
      {invited.map(({ space }) => space && (
        <RailLink key={space.id} to={paths.space(space.id)} lead={<SpaceSign space={space} />} badge={1} strong>
          {space.name} <span className="quiet">{t('invited_short')}</span>
        </RailLink>
      ))}
      {first(named).map((space) => <MovableLine key={space.id} list="sequence" ids={ids} id={space.id} name={space.name}><SpaceLine space={space} /></MovableLine>)}
    </RailSection>
  )
}

function Talked() {
  const { t } = useTranslation('spaces')
  const { data } = useConversations()
  const { favourites } = useRail()
  const first = useUnreadFirst()
  const shown = data?.items.filter(({ id }) => !favourites.includes(id)).slice(0, PEOPLE_SHOWN) ?? []
  if (shown.length === 0) return null
  return <RailSection title={t('talked')}>{first(shown).map((space) => <SpaceLine key={space.id} space={space} />)}</RailSection>
}
