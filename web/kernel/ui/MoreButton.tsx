import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './MoreButton.module.css'
import { PlainButton } from './PlainButton.tsx'

type List = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

/** Fetches the next page when it scrolls near; a button, so that it can be reached without scrolling. */
export function MoreButton({ list }: { list: List }) {
  const { t } = useTranslation('kernel')
  const ref = useRef<HTMLDivElement>(null)
  const { hasNextPage, isFetchingNextPage } = list
  useEffect(() => {
    if (!ref.current || !hasNextPage || isFetchingNextPage) return
    const near = new IntersectionObserver(([seen]) => seen.isIntersecting && list.fetchNextPage(), { rootMargin: '600px' })
    near.observe(ref.current)
    return () => near.disconnect()
  })
  if (!hasNextPage) return null
  return (
    <div ref={ref} className={classes.more}>
      <PlainButton busy={isFetchingNextPage} onClick={() => list.fetchNextPage()}>{t('more_items')}</PlainButton>
    </div>
  )
}
