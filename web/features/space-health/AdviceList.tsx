import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Advice } from '../../../server/features/space-health/schema.ts'
import { paths } from '../../kernel/paths.ts'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import classes from './HealthPage.module.css'

/** What one could do now, with the doors to it. */
export function AdviceList({ advice }: { advice: Advice[] }) {
  const { t } = useTranslation('space-health')
  if (!advice.length) return <p className="quiet">{t('advice_none')}</p>
  return (
    <ul className={classes.advice}>
      {advice.map(({ code, count, entries }) => (
        <li key={code}>
          {t(`do.${code}`, { count })}
          {entries.length > 0 && (
            <ul>
              {entries.map(({ id, title, created_at }) => (
                <li key={id}><Link to={paths.entry(id)} className={classes.door}><span>{title}</span><TimeAgo at={created_at} /></Link></li>
              ))}
            </ul>
          )}
          {count > entries.length && entries.length > 0 && <span className="quiet">{t('and_more', { count: count - entries.length })}</span>}
        </li>
      ))}
    </ul>
  )
}
