import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '@tanstack/react-query'
import { EmojiSign } from '../../core/entries/EmojiName.tsx'
import { api } from '../../kernel/api.ts'
import type { Entry, PersonCard } from '../../kernel/types.ts'
import { toggleReaction } from './commands.ts'
import classes from './Reactions.module.css'

/** The reactions of an entry: a press adds one's own or takes it back; pointing at one says whose they are. */
export function Reactions({ entry }: { entry: Entry }) {
  const { t } = useTranslation('reactions')
  const [isAsked, setIsAsked] = useState(false)
  const { data } = useQuery({
    queryKey: ['reactions', entry.id, entry.reactions],
    queryFn: ({ signal }) => api.get<{ items: { emoji: string; person: PersonCard }[] }>(`/entries/${entry.id}/reactions`, {}, signal),
    enabled: isAsked,
  })
  if (entry.reactions.length === 0) return null
  const names = (emoji: string) => {
    const people = data?.items.filter((item) => item.emoji === emoji).map((item) => item.person.name) ?? []
    const shown = people.length > 12 ? [...people.slice(0, 11), t('others', { count: people.length - 11 })] : people
    return new Intl.ListFormat(t('kernel:locale'), { type: 'conjunction' }).format(shown)
  }
  return (
    <span className={classes.row} role="group" aria-label={t('title')} onPointerEnter={() => setIsAsked(true)} onFocus={() => setIsAsked(true)}>
      {entry.reactions.map(({ emoji, count, mine }) => (
        <button key={emoji} type="button" className={classes.reaction} aria-pressed={!!mine} aria-label={t('reaction', { emoji, count })}
          title={names(emoji) || undefined} onClick={() => void toggleReaction(entry, emoji)}>
          <span aria-hidden className={classes.sign}><EmojiSign emoji={emoji} /></span> <span aria-hidden>{count}</span>
        </button>
      ))}
    </span>
  )
}
