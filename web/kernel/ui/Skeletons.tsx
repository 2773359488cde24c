import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './Skeletons.module.css'

const each = (count: number) => Array.from({ length: count }, (_, at) => at)

/** The outline of entries while they are fetched. */
export function EntrySkeletons({ count = 4 }: { count?: number }) {
  const { t } = useTranslation('kernel')
  return (
    <div role="status" aria-label={t('loading')}>
      {each(count).map((at) => (
        <div key={at} className={classes.entry}>
          <Skeleton circle height={36} />
          <div>
            <Skeleton height={13} width={`${34 - (at % 3) * 6}%`} />
            <Skeleton height={12} mt={12} width="96%" />
            <Skeleton height={12} mt={8} width={`${88 - (at % 3) * 15}%`} />
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
          <Skeleton circle height={36} />
          <div>
            <Skeleton height={12} width={`${30 + (at % 3) * 8}%`} />
            <Skeleton height={10} mt={8} width={`${55 - (at % 3) * 9}%`} />
          </div>
        </div>
      ))}
    </div>
  )
}
