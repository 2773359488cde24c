import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EntryList } from '../../core/entries/EntryList.tsx'
import { ListTools } from '../../core/entries/ListTools.tsx'
import { shownIn } from '../../kernel/moments.ts'
import { useSearchParam, useSetSearch } from '../../kernel/route.ts'
import { showDialog } from '../../kernel/show-dialog.ts'
import { useTimeZone } from '../../kernel/time-zones.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { useNow } from '../../kernel/ui/TimeAgo.tsx'
import { byDays } from './days.ts'
import { type MyTask, useMyTasks } from './queries.ts'
import { TaskLine } from './TaskLine.tsx'
import classes from './Tasks.module.css'

const SHOWN = ['mine', 'given'] as const

/** My work in all spaces, by day and week; and what I gave others to do. */
export function MyWorkPage() {
  const { t } = useTranslation('task-cards')
  const setSearch = useSetSearch()
  const asked = useSearchParam('show')
  const what = SHOWN.find((one) => one === asked) ?? 'mine'
  const { items, isLoading, error, refetch, ...paging } = useMyTasks(what)
  return (
    <Page title={t('kernel:nav.my_work')}>
      <ListTools label={t('which')} choices={SHOWN.map((name) => ({ name, label: t(`my.${name}`) }))} shown={what} choose={(name) => void setSearch({ show: name === 'mine' ? undefined : name }, true)} />
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0}
        empty={<EmptyState Icon={IconCheck} title={t(`my.none_${what}`)}>{t(`my.none_${what}_hint`)}</EmptyState>}>
        <Days items={items} />
      </EntryList>
      <p className={classes.below}><button type="button" className="text-button" onClick={() => void showDialog(() => import('./FeedDialog.tsx').then((file) => file.FeedDialog), {})}>{t('feed.open')}</button></p>
    </Page>
  )
}

function Days({ items }: { items: MyTask[] }) {
  const { t } = useTranslation('task-cards')
  const zone = useTimeZone()
  const now = useNow()
  return byDays(items, shownIn(zone, now).slice(0, 10), zone, now).map(({ name, day, tasks }) => {
    const heading = day ? new Date(`${day}T12:00:00Z`).toLocaleDateString(t('kernel:locale'), { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }) : t(`when.${name}`)
    return (
      <section key={heading} className={classes.day} data-when={name} aria-label={heading}>
        <h2>{heading} <span>{tasks.length}</span></h2>
        <ul className={classes.lines}>{tasks.map((entry) => <TaskLine key={entry.id} entry={entry} space={entry.space_card} />)}</ul>
      </section>
    )
  })
}
