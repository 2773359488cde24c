import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HealthView } from '../../../server/features/space-health/schema.ts'
import { spaceKeys, useSpace } from '../../core/spaces/queries.ts'
import { SpaceTabs } from '../../core/spaces/SpaceTabs.tsx'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { useParam, useSearchParam, useSetSearch } from '../../kernel/route.ts'
import { BackLink } from '../../kernel/ui/BackLink.tsx'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { WeekBars } from '../../kernel/ui/WeekBars.tsx'
import { AdviceList } from './AdviceList.tsx'
import { Alike } from './Alike.tsx'
import { HealthFacts } from './HealthFacts.tsx'
import classes from './HealthPage.module.css'

const WINDOWS = ['4', '12', '52']

/** How a space is doing: a sentence, what would help, and the figures behind it. The same for everybody who may read it. */
export function HealthPage() {
  const { t } = useTranslation('space-health')
  const id = useParam('id')
  const asked = useSearchParam('weeks')
  const weeks = WINDOWS.includes(asked ?? '') ? asked! : '12'
  const setSearch = useSetSearch()
  const { data: space, error: gone } = useSpace(id)
  const { data: health, error, refetch } = useQuery({
    queryKey: [...spaceKeys.one(id), 'health', weeks], queryFn: ({ signal }) => api.get<HealthView>(`/spaces/${id}/health`, { weeks }, signal),
  })
  const failure = error ?? gone
  if (failure) return <Page title={t('spaces:health')}><ErrorState error={failure} retry={refetch} /></Page>
  if (!space) return <Page title={t('spaces:health')}><RowSkeletons /></Page>
  return (
    <Page title={t('title', { name: space.name })} before={<BackLink to={paths.space(id)} label={space.name} />} below={<SpaceTabs space={space} />}>
      <div className={classes.top}>
        <SegmentedControl value={weeks} onChange={(value) => setSearch({ weeks: value }, true)} aria-label={t('window')}
          data={WINDOWS.map((value) => ({ value, label: t('weeks', { weeks: value }) }))} />
        {health?.from && health.to && <span className={classes.period}><Period from={health.from} to={health.to} /></span>}
      </div>
      {!health ? <RowSkeletons count={5} /> : health.figures ? <Told health={health} /> : <TooFew isLongest={weeks === '52'} />}
      <Alike id={id} />
      <About />
    </Page>
  )
}

function Period({ from, to }: { from: string; to: string }) {
  const { t } = useTranslation('space-health')
  const day = (date: string) => new Date(date).toLocaleDateString(t('kernel:locale'), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  return <>{t('period', { from: day(from), to: day(to) })}</>
}

function Told({ health: { verdict, figures, runs, advice } }: { health: HealthView }) {
  const { t } = useTranslation('space-health')
  if (!figures || !verdict) return null
  return (
    <>
      <p className={classes.verdict}>{t(`verdict.${verdict}`, { answered: figures.answered, threads: figures.threads })}</p>
      <Section title={t('advice')}><AdviceList advice={advice} /></Section>
      <Section title={t('trend')}>
        <WeekBars label={t('trend')} bars={runs.map(({ threads, answered, ...run }) => ({ ...run, whole: threads, part: answered }))}
          words={{ whole: t('trend_whole'), part: t('trend_part'), table: t('trend_table'), weeks: t('trend_weeks') }} />
        {runs.some((run) => run.weeks > 1) && <p className="quiet">{t('merged')}</p>}
      </Section>
      <Section title={t('figures')}><HealthFacts figures={figures} /></Section>
    </>
  )
}

function TooFew({ isLongest }: { isLongest: boolean }) {
  const { t } = useTranslation('space-health')
  return <EmptyState title={t('few')}>{t('few_hint')} {!isLongest && t('few_longer')}</EmptyState>
}

function About() {
  const { t } = useTranslation('space-health')
  return (
    <details className={classes.about}>
      <summary>{t('about')}</summary>
      {(['who', 'weeks', 'answers', 'small'] as const).map((part) => <p key={part}>{t(`about_text.${part}`)}</p>)}
    </details>
  )
}
