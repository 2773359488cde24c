import { Link } from '@tanstack/react-router'
import { memo, Suspense, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../kernel/later.ts'
import { paths } from '../../kernel/paths.ts'
import { holdTyping } from '../../kernel/typing.ts'
import type { Entry, SpaceCard } from '../../kernel/types.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { EntryActions } from './EntryActions.tsx'
import { EntryFoot } from './EntryFoot.tsx'
import { EntryHead } from './EntryHead.tsx'
import { FileGallery } from './FileGallery.tsx'
import { FoldedBody } from './FoldedBody.tsx'
import { EntryGuard } from './EntryGuard.tsx'
import { entryExtensions } from './extensions.ts'
import { findEntryKind, type CardProps } from './kinds.ts'
import { isPending } from './sending.ts'
import { SendingLine } from './SendingLine.tsx'
import { useKeyTarget } from './entry-keys.ts'
import classes from './EntryItem.module.css'

const EditEntry = later(() => import('./EditEntry.tsx').then((file) => file.EditEntry))

type Props = {
  entry: Entry
  /** The head of its thread, where it is known. */
  root?: Entry
  /** 'post' is a thread's first entry in a list; 'message' is denser: a reply, a line of a conversation. */
  as?: 'post' | 'message'
  /** The space's name and audience at the right; absent where the page says it already. */
  space?: SpaceCard
  /** Unread entries of the thread, this one included. */
  unread?: number
  /** Follows a line of the same person: without face and name. */
  isContinued?: boolean
  /** The day stands above: only the time of day is said. */
  hasClock?: boolean
  /** Came by the link that opened the page. */
  isTarget?: boolean
  /** Opens the thread; absent inside of it. */
  open?: (id: string) => void
  /** Level of the author's heading. */
  level?: 2 | 3
  /** Between head and body: where a reply belongs. */
  context?: ReactNode
  /** Instead of title and body: what was found of them. */
  title?: ReactNode
  found?: ReactNode
}

/** Any entry, anywhere. Drawn again only when something of its own changed: there may be a thousand around it. */
export const EntryItem = memo(function EntryItem(props: Props) {
  const { entry } = props
  const Line = findEntryKind(entry.kind)?.Line
  return (
    <EntryGuard entry={entry}>
      {Line ? <Suspense><Line entry={entry} /></Suspense> : entry.state === 'removed' ? <Tombstone {...props} /> : <Shown {...props} />}
    </EntryGuard>
  )
})

function Shown({ entry, root = entry.root ? undefined : entry, as = 'post', space, unread = 0, isContinued, hasClock, isTarget, open, level = 2, context, title, found }: Props) {
  const { t } = useTranslation('entries')
  const [isEditing, setIsEditing] = useState(false)
  // Of a thousand lines each has what is there for the one that is pointed at.
  const [isNear, setIsNear] = useState(false)
  const come = () => setIsNear(true)
  const ref = useRef<HTMLElement>(null)
  const edit = () => {
    holdTyping()
    setIsEditing(true)
  }
  useKeyTarget(ref, entry, { open, edit })
  const person = paths.person(entry.author)
  const Title = `h${level + 1}` as 'h3' | 'h4'
  return (
    <article ref={ref} tabIndex={-1} onMouseEnter={come} onFocus={come} className={classes.item} data-entry={entry.id} data-as={as} data-continued={isContinued || undefined}
      data-unread={unread > 0 || undefined} data-target={isTarget || undefined} data-retracted={entry.corrected?.retracted || undefined} data-pending={isPending(entry) || undefined} data-muted={(!!open && entry.stance === 'muted') || undefined}
      aria-label={t('by', { name: entry.by.name })} aria-busy={isPending(entry) || undefined}>
      <Link to={person} className={classes.face} tabIndex={-1} aria-hidden><Avatar person={entry.by} size={as === 'post' ? 36 : 24} /></Link>
      <div className={classes.main}>
        <EntryHead entry={entry} space={space} isUnread={unread > 0} level={level} isHidden={isContinued} showTitle={as === 'post'} hasClock={hasClock} />
        {context}
        {isEditing
          ? <Suspense><EditEntry entry={entry} close={() => { setIsEditing(false); ref.current?.focus() }} /></Suspense>
          : (
            <Card entry={entry} open={open}>
              {entryExtensions.standing.map((Standing, at) => <Standing key={at} entry={entry} />)}
              {entry.title && <Title className={classes.title} dir="auto">{open ? <button type="button" onClick={() => open(entry.id)}>{title ?? entry.title}</button> : entry.title}</Title>}
              {found ?? <FoldedBody entry={entry} level={level + (entry.title ? 2 : 1)} />}
              {entry.files.length > 0 && <FileGallery files={entry.files} />}
              {!found && entryExtensions.below.map((Below, at) => <Below key={at} entry={entry} />)}
            </Card>
          )}
        {isPending(entry) && <SendingLine entry={entry} />}
        {!isPending(entry) && !isEditing && <EntryFoot entry={entry} root={root} unread={unread} open={open} as={as} />}
      </div>
      {!isPending(entry) && !isEditing && <EntryActions entry={entry} root={root} open={open} edit={edit} unread={unread} isNear={isNear && as === 'message'} />}
    </article>
  )
}

/** What is said: as its kind shows it, where it has a way of its own. */
function Card(props: CardProps) {
  const Own = findEntryKind(props.entry.kind)?.Card
  return Own ? <Suspense fallback={props.children}><Own {...props} /></Suspense> : props.children
}

/** What stays of a removed entry that others answered. */
function Tombstone({ entry, open, unread = 0, as = 'post' }: Props) {
  const { t } = useTranslation('entries')
  const ref = useRef<HTMLElement>(null)
  useKeyTarget(ref, entry, { open })
  return (
    <article ref={ref} tabIndex={-1} className={classes.item} data-entry={entry.id} data-as={as} data-removed aria-label={t('was_removed')}>
      <span className={classes.hole} aria-hidden />
      <div className={classes.main}>
        <p className={classes.quiet}>{t('was_removed')}</p>
        {entry.reply_count > 0 && open && <EntryFoot entry={entry} root={entry} unread={unread} open={open} as={as} />}
      </div>
    </article>
  )
}
