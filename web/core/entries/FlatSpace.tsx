import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParam, useThread } from '../../kernel/route.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Entry, Space } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'
import { withInvited } from '../../kernel/ui/audience.ts'
import { markSpaceRead } from './commands.ts'
import { Composer } from './composer/Composer.tsx'
import { useEntryKeys } from './entry-keys.ts'
import { kindsIn } from './kinds.ts'
import type { Strip, ThreadHead } from './entry-lists.ts'
import { EntryStrip } from './EntryStrip.tsx'
import { usePending } from './sending.ts'
import { useFlat } from './strips.ts'
import { useFresh } from './use-fresh.ts'
import classes from './FlatSpace.module.css'

type Props = {
  space: Space
  /** Above the lines: the switch of views. */
  top?: ReactNode
  /** Said where it begins. */
  beginning?: ReactNode
  mode?: 'post' | 'chat'
  placeholder: string
  action: string
  onTyping?: () => void
  below?: ReactNode
}

/** Everything in a space in the order it was said, the newest at the bottom: a space read flat, a direct conversation. */
export function FlatSpace(props: Props) {
  const day = useSearchParam('day')
  const { data: strip, error, refetch, ...more } = useFlat(props.space, day)
  if (error && !strip) return <ErrorState error={error} retry={refetch} />
  if (!strip) return <div className={classes.loading}><EntrySkeletons count={4} /></div>
  return <Loaded key={day} {...props} day={day} strip={strip} ends={{ earlier: strip.earlier, later: strip.later, ...more }} />
}

type LoadedProps = Props & { day: string | undefined; strip: Strip; ends: Parameters<typeof EntryStrip>[0]['ends'] }

function Loaded({ space, day, strip, ends, top, beginning, mode = 'post', placeholder, action, onTyping, below }: LoadedProps) {
  const { t } = useTranslation('entries')
  const me = useMe()
  const { open } = useThread()
  useEntryKeys()
  const place = { space: space.id, root: null }
  const pending = usePending(place)
  const fresh = useFresh(strip.items as ThreadHead[], (entry) => (entry.unread ?? 0) > 0)
  const unread = strip.items.filter(({ id }) => fresh.has(id))
  const onSeen = useFlatReading(space, strip.items, me.id)
  const heads = useMemo(() => new Map(strip.items.map((entry) => [entry.id, entry])), [strip.items])
  // Where it begins; the pages before and after it come as one scrolls.
  const [first] = useState(day && strip.items[0]?.id)
  const isBare = strip.items.length + pending.length === 0
  return (
    <div className={classes.flat} data-chat={space.kind === 'direct' || undefined}>
      {top}
      <EntryStrip entries={strip.items} pending={pending} ends={ends} newFrom={unread.at(0)?.id ?? null} newCount={unread.length} target={first} startsAtEnd hasDays isGrouped
        level={2} open={mode === 'post' ? open : undefined} heads={heads} onSeen={onSeen}
        head={!ends.earlier && (isBare && !beginning ? <EmptyState title={t('space_empty')}>{t('space_empty_write')}</EmptyState> : beginning)} />
      {below}
      {space.my.may_post
        ? (
          <div className={classes.composer}>
            <Composer place={`space/${space.id}`} space={space.id} audience={withInvited(space)} mode={mode} placeholder={placeholder} action={action} onTyping={onTyping} kinds={mode === 'post' ? kindsIn(space.kind) : []} to={place} />
          </div>
        )
        : <p className={classes.closed}>{t(space.state === 'archived' ? 'archived' : 'may_not_reply')}</p>}
    </div>
  )
}

/** Notes up to where a space has been read flat. */
function useFlatReading(space: Space, items: Entry[], me: string) {
  const sent = useRef(space.my.read_to ?? '')
  return (ids: string[]) => {
    const seen = items.filter((entry) => ids.includes(entry.id)).at(-1)
    if (!seen || seen.id <= sent.current || space.my.role === null) return
    const isNews = items.some((entry) => entry.author !== me && entry.id > sent.current && entry.id <= seen.id)
    if (!isNews) return
    sent.current = seen.id
    void markSpaceRead(space.id, seen.id)
  }
}
