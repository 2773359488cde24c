import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RootingFigures, RootingView } from '../../../server/features/rooting/schema.ts'
import { PeopleTabs } from '../../core/people/PeopleTabs.tsx'
import { api } from '../../kernel/api.ts'
import { useSearchParam, useSetSearch } from '../../kernel/route.ts'
import { useMe } from '../../kernel/session.tsx'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { WeekBars } from '../../kernel/ui/WeekBars.tsx'
import { RootingFacts } from './RootingFacts.tsx'
import classes from './RootingPage.module.css'

const WINDOWS = ['12', '52']

/** How the network becomes a place where people talk; the same for every member, administrators included. */
export function RootingPage() {
  const { t } = useTranslation('rooting')
  const me = useMe()
  const weeks = useSearchParam('weeks') === '52' ? '52' : '12'
  const setSearch = useSetSearch()
  const { data, error, refetch } = useQuery({
    queryKey: ['rooting', weeks], queryFn: ({ signal }) => api.get<RootingView>('/network/rooting', { weeks }, signal),
  })
  return (
    <Page title={t('title')} below={<PeopleTabs />}>
      <p className={classes.lead}>{t('lead', { network: me.network.name })}</p>
      {error ? <ErrorState error={error} retry={refetch} /> : (
        <>
          <div className={classes.top}>
            <SegmentedControl value={weeks} onChange={(value) => setSearch({ weeks: value }, true)} aria-label={t('window')}
              data={WINDOWS.map((value) => ({ value, label: t('weeks', { weeks: value }) }))} />
            {data?.from && data.to && <Period from={data.from} to={data.to} />}
          </div>
          {!data ? <RowSkeletons count={5} /> : data.figures ? <Told figures={data.figures} runs={data.runs} />
            : <EmptyState title={t('few')}>{t('few_hint')}</EmptyState>}
          <details className={classes.about}>
            <summary>{t('about')}</summary>
            {(['who', 'open', 'weeks', 'small'] as const).map((part) => <p key={part}>{t(`about_text.${part}`)}</p>)}
          </details>
        </>
      )}
    </Page>
  )
}

function Period({ from, to }: { from: string; to: string }) {
  const { t } = useTranslation('rooting')
  const day = (date: string) => new Date(date).toLocaleDateString(t('kernel:locale'), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  return <span className={classes.period}>{t('period', { from: day(from), to: day(to) })}</span>
}

function Told({ figures, runs }: { figures: RootingFigures; runs: RootingView['runs'] }) {
  const { t } = useTranslation('rooting')
  const table = { table: t('table'), weeks: t('table_weeks') }
  const span = ({ from, to, weeks }: RootingView['runs'][number]) => ({ from, to, weeks })
  return (
    <>
      <p className={classes.verdict}><Verdict figures={figures} /></p>
      <Section title={t('people')}>
        {/* As many people in all of the weeks of a bar, not in each of them. */}
        <WeekBars label={t('people')} bars={runs.map((run) => ({ ...span(run), whole: run.people, level: run.people }))} words={{ whole: t('people_whole'), ...table }} />
        <p className="quiet">{t('people_hint')}</p>
      </Section>
      <Section title={t('threads')}>
        <WeekBars label={t('threads')} bars={runs.map((run) => ({ ...span(run), whole: run.threads, part: run.answered }))}
          words={{ whole: t('threads_whole'), part: t('threads_part'), ...table }} />
      </Section>
      <Section title={t('questions_trend')}>
        <WeekBars label={t('questions_trend')} bars={runs.map((run) => ({ ...span(run), whole: run.questions, part: run.questions_answered }))}
          words={{ whole: t('questions_whole'), part: t('threads_part'), ...table }} />
        {runs.some((run) => run.weeks > 1) && <p className="quiet">{t('merged')}</p>}
      </Section>
      <Section title={t('figures')}><RootingFacts figures={figures} /></Section>
    </>
  )
}

function Verdict({ figures: { people, spaces, threads, answered } }: { figures: RootingFigures }) {
  const { t } = useTranslation('rooting')
  if (!spaces) return <>{t('verdict_plain', { people, threads, answered })}</>
  return <>{t('verdict', { people, count: spaces.dialogue, spaces: spaces.dialogue + (spaces.monologue ?? 0) + spaces.quiet })}</>
}
