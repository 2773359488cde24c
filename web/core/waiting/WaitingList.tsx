import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { findWaiting, useWaiting } from './waiting.ts'
import classes from './Waiting.module.css'

/** Above the inbox: what waits for an answer and is no entry; nothing when there is none. */
export function WaitingList() {
  const { t } = useTranslation('waiting')
  const { data } = useWaiting()
  const items = data?.items.filter(({ kind }) => findWaiting(kind)) ?? []
  if (!items.length) return null
  return (
    <section aria-label={t('title')}>
      <ul className={classes.list}>
        {items.map((item) => {
          const { Line } = findWaiting(item.kind)!
          return <Suspense key={`${item.kind} ${item.id}`}><Line item={item} /></Suspense>
        })}
      </ul>
    </section>
  )
}
