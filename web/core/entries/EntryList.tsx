import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'
import classes from './EntryList.module.css'

type Props = {
  isLoading: boolean
  error: unknown
  refetch: () => void
  hasNextPage: boolean
  isFetchingNextPage: boolean
  isFetchNextPageError?: boolean
  fetchNextPage: () => unknown
  isEmpty: boolean
  empty: ReactNode
  /** After the last one, when there are no more. */
  end?: ReactNode
  children: ReactNode
}

/** A list that goes on while one scrolls: its outline, its failures, its emptiness and its end. */
export function EntryList({ isLoading, error, refetch, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, isEmpty, empty, end, children }: Props) {
  const { t } = useTranslation('kernel')
  const more = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = more.current
    if (!element || !hasNextPage || isFetchingNextPage || isFetchNextPageError) return
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && void fetchNextPage(), { root: element.closest('#scroll'), rootMargin: '900px' })
    observer.observe(element)
    return () => observer.disconnect()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  if (isLoading) return <EntrySkeletons />
  if (error && isEmpty) return <ErrorState error={error} retry={refetch} />
  if (isEmpty) return empty
  return (
    <>
      {children}
      <div ref={more} className={classes.more}>
        {isFetchingNextPage && <EntrySkeletons count={2} />}
        {hasNextPage && !isFetchingNextPage && <button type="button" className="text-button" onClick={() => void fetchNextPage()}>{isFetchNextPageError ? t('retry') : t('more_items')}</button>}
        {!hasNextPage && end}
      </div>
    </>
  )
}
