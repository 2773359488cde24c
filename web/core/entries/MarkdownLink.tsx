import { Link } from '@tanstack/react-router'
import { IconExternalLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { safeUrl } from './safe-url.ts'
import classes from './Markdown.module.css'

/** A link somebody wrote: only to the web or to a mail address; what leads elsewhere says so. */
export function MarkdownLink({ url, children }: { url: string; children: ReactNode }) {
  const { t } = useTranslation('entries')
  const target = safeUrl(url)
  if (!target) return children
  if (target.origin === location.origin) {
    const search = Object.fromEntries(target.searchParams)
    return <Link className={classes.link} to={target.pathname} search={search as never}>{children}</Link>
  }
  return (
    <a className={classes.link} href={target.href} rel="noopener nofollow" target="_blank" title={target.href}>
      {children}
      {target.protocol !== 'mailto:' && <IconExternalLink className={classes.external} size={13} stroke={1.75} aria-label={t('external')} />}
    </a>
  )
}
