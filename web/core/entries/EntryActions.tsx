import { IconDots } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { entryExtensions } from './extensions.ts'
import classes from './EntryItem.module.css'

const EntryMenu = lazy(() => import('./EntryMenu.tsx').then((file) => ({ default: file.EntryMenu })))

type Props = { entry: Entry; open?: (id: string) => void; edit: () => void }

/** The small buttons of an entry: there when one points at it, focuses into it, or touches. */
export function EntryActions({ entry, open, edit }: Props) {
  const { t } = useTranslation('entries')
  const [isAsked, setIsAsked] = useState(false)
  const button = (
    <IconButton size={28} label={t('more')} aria-haspopup="menu" onClick={() => setIsAsked(true)}>
      <IconDots size={17} stroke={1.75} />
    </IconButton>
  )
  return (
    <div className={classes.actions} data-held={isAsked || undefined}>
      {entryExtensions.actions.map((Action, at) => <Action key={at} entry={entry} />)}
      {isAsked
        ? <Suspense fallback={button}><EntryMenu entry={entry} open={open} edit={edit} onClosed={() => setIsAsked(false)} /></Suspense>
        : button}
    </div>
  )
}
