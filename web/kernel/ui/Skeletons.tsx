import { useTranslation } from 'react-i18next'
import classes from './Skeletons.module.css'

const each = (count: number) => Array.from({ length: count }, (_, at) => at)

function Line({ width, height = 12, gap = 0 }: { width: string; height?: number; gap?: number }) {
  return <div className={classes.line} style={{ width, height, marginTop: gap }} />
}

/** The outline of entries while they are fetched. */
export function EntrySkeletons({ count = 4 }: { count?: number }) {
  const { t } = useTranslation('kernel')
  return (
    <div role="status" aria-label={t('loading')}>
      {each(count).map((at) => (
        <div key={at} className={classes.entry}>
          <div className={classes.face} />
          <div>
            <Line height={13} width={`${34 - (at % 3) * 6}%`} />
            <Line gap={12} width="96%" />
            <Line gap={8} width={`${88 - (at % 3) * 15}%`} />
          </div>
        </div>
      ))}
    </div>
  )
}

/** The outline of a list of people or spaces while it is fetched. */
export function RowSkeletons({ count = 8 }: { count?: number }) {
  const { t } = useTranslation('kernel')
  return (
    <div role="status" aria-label={t('loading')}>
      {each(count).map((at) => (
        <div key={at} className={classes.row}>
          <div className={classes.face} />
          <div>
            <Line width={`${30 + (at % 3) * 8}%`} />
            <Line height={10} gap={8} width={`${55 - (at % 3) * 9}%`} />
          </div>
        </div>
      ))}
    </div>
  )
}
