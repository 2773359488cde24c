import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import type { Audience, Entry, Page, PersonCard } from '../../kernel/types.ts'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import classes from './AudienceDialog.module.css'

type Readers = Page<PersonCard> & Audience

/** Who can see an entry: in a sentence, and one by one. */
export function AudienceDialog({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation(['entries', 'kernel'])
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['audience', entry.id],
    queryFn: ({ pageParam, signal }) => api.get<Readers>(`/entries/${entry.id}/audience`, { limit: 100, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  })
  const people = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Dialog close={close} title={t('who_sees')}>
      {error ? <ErrorState error={error} retry={refetch} /> : !data && <RowSkeletons count={5} />}
      {data && <p className={classes.sentence}><AudienceLabel audience={data.pages[0]} says="readers" /></p>}
      <ul className={classes.people}>
        {people.map((person) => (
          <li key={person.id}>
            <Link to={paths.person(person.id)} className={classes.person} onClick={close}>
              <Avatar person={person} size={24} /><span className={classes.name} dir="auto">{person.name}</span><small>{person.title}</small>
            </Link>
          </li>
        ))}
      </ul>
      {hasNextPage && <Button variant="default" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t('kernel:more_items')}</Button>}
    </Dialog>
  )
}
