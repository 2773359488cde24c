import { IconBulb } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Stage, STAGES } from '../../../server/features/ideas/policy.ts'
import { useSearchParam, useSetSearch, useThread } from '../../kernel/route.ts'
import type { Entry } from '../../kernel/types.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { SupportButton } from './IdeaButtons.tsx'
import { useBoard } from './queries.ts'
import { sayDay, STAGE_ICON } from './say.ts'
import { FirstAnswer } from './Stand.tsx'
import classes from './Ideas.module.css'

/** The ideas of a space by their stages: beside each other where there is room, else one stage at a time. */
export function IdeaBoard({ space, q }: { space: string; q: string }) {
  const { t } = useTranslation('idea-cards')
  const setSearch = useSetSearch()
  const asked = useSearchParam('stage')
  const board = useBoard(space, q)
  const columns = STAGES.map((stage) => ({ stage, list: board[stage] }))
  const failed = columns.find(({ list }) => list.error && !list.data)
  if (failed) return <ErrorState error={failed.list.error} retry={() => columns.forEach(({ list }) => void list.refetch())} />
  if (columns.some(({ list }) => list.isLoading)) return <EntrySkeletons />
  if (columns.every(({ list }) => list.items.length === 0)) return <NoIdeas q={q} />
  const stage = STAGES.find((one) => one === asked) ?? columns.find(({ list }) => list.items.length)!.stage
  const many = ({ list: { items, hasNextPage } }: (typeof columns)[number]) => `${items.length}${hasNextPage ? '+' : ''}`
  return (
    <div className={classes.room}>
      <div className={classes.chooser} role="group" aria-label={t('which_stage')}>
        {columns.map((column) => <button key={column.stage} type="button" className={classes.button} aria-pressed={column.stage === stage} onClick={() => void setSearch({ stage: column.stage }, true)}>{t(`stage.${column.stage}`)} <b>{many(column)}</b></button>)}
      </div>
      <div className={classes.board}>
        {columns.map((column) => <Column key={column.stage} stage={column.stage} isChosen={column.stage === stage} many={many(column)} list={column.list} />)}
      </div>
    </div>
  )
}

type ColumnProps = { stage: Stage; isChosen: boolean; many: string; list: ReturnType<typeof useBoard>[Stage] }

function Column({ stage, isChosen, many, list: { items, hasNextPage, isFetchingNextPage, fetchNextPage } }: ColumnProps) {
  const { t } = useTranslation('idea-cards')
  const Icon = STAGE_ICON[stage]
  return (
    <section className={classes.column} data-chosen={isChosen || undefined} data-stage={stage} aria-label={t(`stage.${stage}`)}>
      <h2><Icon size={16} stroke={1.75} aria-hidden />{t(`stage.${stage}`)} <span>{many}</span></h2>
      {items.length === 0 ? <p className={classes.nothing}>{t('nothing_here')}</p> : <ul>{items.map((entry) => <BoardCard key={entry.id} entry={entry} />)}</ul>}
      {hasNextPage && <button type="button" className="text-button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t('kernel:more_items')}</button>}
    </section>
  )
}

/** One idea, in few words. */
const BoardCard = memo(function BoardCard({ entry }: { entry: Entry }) {
  const { t } = useTranslation('idea-cards')
  const { open } = useThread()
  const idea = entry.idea!
  return (
    <li className={classes.card} data-entry={entry.id}>
      <h3><button type="button" onClick={() => void open(entry.id)} dir="auto">{entry.title}</button></h3>
      {idea.trial?.until && <p>{t('trial_short', { day: sayDay(idea.trial.until) })}</p>}
      <p className={classes.by}><Avatar person={idea.owner} size={20} /><span dir="auto">{idea.owner.name}</span><span>· <TimeAgo at={entry.created_at} /></span></p>
      <p><FirstAnswer created_at={entry.created_at} idea={idea} /></p>
      <div className={classes.foot}><SupportButton entry={entry} />{entry.reply_count > 0 && <span>{t('replies', { count: entry.reply_count })}</span>}</div>
    </li>
  )
})

/** Nothing is proposed, or nothing in such words. */
export function NoIdeas({ q }: { q: string }) {
  const { t } = useTranslation('idea-cards')
  return <EmptyState Icon={IconBulb} title={t(q ? 'none_found' : 'none')}>{t(q ? 'none_found_hint' : 'none_hint')}</EmptyState>
}
