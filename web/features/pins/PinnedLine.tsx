import { IconChevronDown, IconPin } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { usePages } from '../../kernel/query.ts'
import { useThread } from '../../kernel/route.ts'
import type { Entry, Space } from '../../kernel/types.ts'
import classes from './Pins.module.css'

/** Below the head of a space: how much is pinned in it; a press shows that. */
export function PinnedLine({ space }: { space: Space }) {
  const { t } = useTranslation('pins')
  const { open } = useThread()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const { items } = usePages<Entry>(['pins', space.id], `/spaces/${space.id}/pins`, { limit: 100 })
  if (!items.length) return null
  return (
    <section className={classes.pins} aria-label={t('title')}>
      <button type="button" className={classes.line} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <IconPin size={16} stroke={1.75} aria-hidden />{t('count', { count: items.length })}<IconChevronDown className={classes.sign} size={16} stroke={1.75} aria-hidden />
      </button>
      <div id={id} className={classes.list} hidden={!isOpen}>
        {isOpen && items.map((entry) => <EntryItem key={entry.id} entry={entry} as="message" open={open} />)}
      </div>
    </section>
  )
}
