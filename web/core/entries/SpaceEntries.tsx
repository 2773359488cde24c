import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSetSearch, useThread } from '../../kernel/route.ts'
import { useMe } from '../../kernel/session.tsx'
import { useShortcuts } from '../../kernel/shortcuts.ts'
import type { Space } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { TabRow } from '../../kernel/ui/TabRow.tsx'
import { useUnread } from '../../kernel/unread.ts'
import { withInvited } from '../../kernel/ui/audience.ts'
import { markSpaceRead } from './commands.ts'
import { Composer } from './composer/Composer.tsx'
import { EntryItem } from './EntryItem.tsx'
import { useEntryKeys } from './entry-keys.ts'
import { EntryList } from './EntryList.tsx'
import { useSpaceThreads } from './entry-pages.ts'
import { JumpToDay } from './JumpToDay.tsx'
import { kindsIn } from './kinds.ts'
import { replying } from './replying.ts'
import { usePending } from './sending.ts'
import { spaceExtensions } from '../spaces/extensions.ts'
import { useHeld } from './use-held.ts'
import { WriteButton } from './WriteButton.tsx'
import { usePostReading } from './use-post-reading.ts'
import list from './EntryList.module.css'

/** What is written in a space, with its composer: the body of a space's page and of a profile. */
export function SpaceEntries({ space }: { space: Space }) {
  const { t } = useTranslation('entries')
  const me = useMe()
  const { open } = useThread()
  const { items, isLoading, error, refetch, ...paging } = useSpaceThreads(space.id)
  const pending = usePending({ space: space.id, root: null })
  const { held, waiting, release } = useHeld(items, (item) => (item.unread ?? 0) > 0)
  const lines = useRef<HTMLDivElement>(null)
  useEntryKeys()
  useShortcuts(space.my.may_post ? [{ keys: 'c', label: 'entries:keys.write', group: 'entries:keys.group', run: () => replying.set(place) }] : [])
  usePostReading(lines, held, me.id)
  const place = `space/${space.id}`
  return (
    <>
      {space.my.may_post && (
        <Composer place={place} space={space.id} audience={withInvited(space)} placeholder={t(space.kind === 'profile' ? 'write_profile' : 'write_space', { name: space.name })} action={t('post')} hasTitle kinds={kindsIn(space.kind)} to={{ space: space.id, root: null }} />
      )}
      {space.my.may_post && <WriteButton place={place} label={t('keys.write')} />}
      <Views space={space} view="threads" jump={() => jumpToUnread(lines.current)} />
      {waiting > 0 && <button type="button" className={list.pill} onClick={release}>{t('new', { count: waiting })}</button>}
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={held.length + pending.length === 0}
        empty={<EmptyState title={t('space_empty')}>{t(space.my.may_post ? 'space_empty_write' : 'space_empty_wait')}</EmptyState>}
        end={<p className={list.end}>{t('space_begins')}</p>}>
        <div ref={lines} className={list.ruled}>
          {pending.toReversed().map((entry) => <EntryItem key={entry.id} entry={entry} />)}
          {held.map((entry) => <EntryItem key={entry.id} entry={entry} unread={entry.unread} open={open} />)}
        </div>
      </EntryList>
    </>
  )
}

function jumpToUnread(lines: HTMLElement | null) {
  const unread = [...(lines?.querySelectorAll<HTMLElement>('[data-unread]') ?? [])].at(-1)
  unread?.scrollIntoView({ block: 'center' })
  unread?.focus({ preventScroll: true })
}

/** Threads or flat: one and the same, read in two ways; what features show of a space; and what is unread here. */
export function Views({ space, view, jump }: { space: Space; view: string; jump?: () => void }) {
  const { t } = useTranslation('entries')
  const setSearch = useSetSearch()
  const unread = useUnread().spaces[space.id] ?? 0
  const [shown, setShown] = useState(unread)
  useEffect(() => setShown(unread), [unread])
  if (space.kind === 'profile') return <div className={list.tabs} />
  const tabs = [{ name: 'threads', label: t('view_threads') }, { name: 'flat', label: t('view_flat') }, ...spaceExtensions.tabs.map((tab) => ({ name: tab.view, label: t(tab.label) }))]
  return (
    <div className={list.tabs} role="group" aria-label={t('view')}>
      <TabRow tabs={tabs} shown={view} more={t('more_views')} choose={(name) => void setSearch({ view: name === 'threads' ? undefined : name, day: undefined })} />
      <JumpToDay />
      <span className={list.side} data-empty={shown === 0 || undefined}>
        {jump && <button type="button" className="text-button" onClick={jump}>{t('jump_unread')}</button>}
        <button type="button" className="text-button" onClick={() => void markSpaceRead(space.id)}>{t('mark_read', { count: shown })}</button>
      </span>
    </div>
  )
}
