import { useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconSearch } from '@tabler/icons-react'
import { useHeadingFocus } from '../focus.ts'
import { palette } from '../palette.ts'
import { useTitle } from '../title.ts'
import classes from './PageHeader.module.css'

type Props = {
  title: string
  /** Beside the title: an audience, a chip. */
  beside?: ReactNode
  /** At the right, before the search. */
  actions?: ReactNode
  /** Before the title: a way back, a face. */
  before?: ReactNode
}

/** The bar on top of every page: its h1, what may be done, and the way to everything else. */
export function PageHeader({ title, beside, actions, before }: Props) {
  const { pathname } = useLocation()
  const heading = useHeadingFocus(pathname)
  useTitle(title)
  return (
    <header className={classes.bar}>
      {before}
      <h1 ref={heading} tabIndex={-1} className={classes.title}>{title}</h1>
      {beside && <div className={classes.beside}>{beside}</div>}
      <div className={classes.right}>
        {actions}
        <FindButton />
      </div>
    </header>
  )
}

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

function FindButton() {
  const { t } = useTranslation('kernel')
  return (
    <button type="button" className={classes.find} aria-keyshortcuts="Control+K Meta+K" onClick={() => palette.set(true)}>
      <IconSearch size={18} stroke={1.75} aria-hidden />
      <span>{t('find')}</span>
      <kbd>{isApple ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  )
}
