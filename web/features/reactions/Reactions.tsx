import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '@tanstack/react-query'
import { EmojiSign } from '../../core/entries/EmojiName.tsx'
import { api } from '../../kernel/api.ts'
import type { Entry, Page, PersonCard } from '../../kernel/types.ts'
import { toggleReaction } from './commands.ts'
import classes from './Reactions.module.css'

/** The reactions of an entry: a press adds one's own or takes it back; pointing at one says whose they are. */
export function Reactions({ entry }: { entry: Entry }) {
  const { t } = useTranslation('reactions')
  if (entry.reactions.length === 0) return null
  return (
    <span className={classes.row} role="group" aria-label={t('title')}>
      {entry.reactions.map((one) => <Reaction key={one.emoji} entry={entry} {...one} />)}
    </span>
  )
}

const NAMED = 12

function Reaction({ entry, emoji, count, mine }: { entry: Entry } & Entry['reactions'][number]) {
  const { t } = useTranslation('reactions')
  const [isAsked, setIsAsked] = useState(false)
  const { data } = useQuery({
    queryKey: ['reactions', entry.id, emoji, count, mine],
    queryFn: ({ signal }) => api.get<Page<{ person: PersonCard }>>(`/entries/${entry.id}/reactions`, { emoji, limit: NAMED }, signal),
    enabled: isAsked,
  })
  const names = data?.items.map(({ person }) => person.name) ?? []
  const shown = count > NAMED && names.length ? [...names.slice(0, NAMED - 1), t('others', { count: count - NAMED + 1 })] : names
  return (
    <button type="button" className={classes.reaction} aria-pressed={!!mine} aria-label={t('reaction', { emoji, count })}
      onPointerEnter={() => setIsAsked(true)} onFocus={() => setIsAsked(true)} onClick={() => void toggleReaction(entry, emoji)}
      title={new Intl.ListFormat(t('kernel:locale'), { type: 'conjunction' }).format(shown) || undefined}>
      <span aria-hidden className={classes.sign}><EmojiSign emoji={emoji} /></span> <span aria-hidden>{count}</span>
    </button>
  )
}
