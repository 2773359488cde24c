import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { entryExtensions } from '../../core/entries/extensions.ts'
import { findEntryKind } from '../../core/entries/kinds.ts'
import { paths } from '../../kernel/paths.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import type { LinkedEntry } from './apply.ts'
import classes from './Cards.module.css'

/** An entry that somebody linked: who said it, where, and how it begins. */
export function EntryCard({ entry }: { entry: LinkedEntry }) {
  const { t } = useTranslation('link-previews')
  const Linked = findEntryKind(entry.kind)?.Linked
  const place = entry.space.kind === 'direct' ? t('in_conversation') : entry.space.name
  return (
    <Link to={paths.entry(entry.id)} className={classes.card} data-own data-shown={entry.id} data-retracted={entry.corrected?.retracted || undefined}>
      <span className={classes.words}>
        <span className={classes.source}>
          <Avatar person={entry.by} size={20} />
          <b>{entry.by.name}</b><span>{place} · <TimeAgo at={entry.created_at} /></span>
        </span>
        {entry.title && <span className={classes.title} dir="auto">{entry.title}</span>}
        {entry.excerpt && <span className={classes.description} dir="auto">{entry.excerpt}</span>}
        {Linked && <Suspense><Linked entry={entry} /></Suspense>}
        {entryExtensions.standing.map((Standing, at) => <Standing key={at} entry={{ id: entry.id, author: entry.by.id, corrected: entry.corrected ?? null }} as="card" />)}
        {!entry.excerpt && !entry.title && <span className={classes.description}>{t('files', { count: entry.files })}</span>}
      </span>
    </Link>
  )
}
