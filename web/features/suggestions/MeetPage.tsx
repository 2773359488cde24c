import { Link } from '@tanstack/react-router'
import { IconUsersGroup } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PeopleTabs } from '../../core/people/PeopleTabs.tsx'
import { paths } from '../../kernel/paths.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { LinkButton } from '../../kernel/ui/LinkButton.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { AskAbout } from './AskAbout.tsx'
import { Introductions } from './Introductions.tsx'
import { useSuggestions } from './queries.ts'
import { SuggestedPerson } from './SuggestedPerson.tsx'
import { SuggestedSpace } from './SuggestedSpace.tsx'
import classes from './Suggestions.module.css'

/** Whom I might meet and where I might join in, each with its reason. */
export function MeetPage() {
  const { t } = useTranslation('suggestions')
  const { data, error, refetch } = useSuggestions()
  const isEmpty = data && !data.people.length && !data.spaces.length
  return (
    <Page title={t('title')} below={<PeopleTabs />}>
      <Introductions />
      <AskAbout />
      {!data && !error && <RowSkeletons count={4} />}
      {error && !data && <ErrorState error={error} retry={refetch} />}
      {isEmpty && (
        <EmptyState title={t('nothing')} Icon={IconUsersGroup} action={<LinkButton to={paths.spaces}>{t('find_spaces')}</LinkButton>}>{t('nothing_hint')}</EmptyState>
      )}
      {!!data?.people.length && (
        <Section title={t('people')} lead={<>{t('how')} <Link to={paths.settings('network')} className="link">{t('choices')}</Link></>}>
          <ul className={classes.list}>{data.people.map((one) => <SuggestedPerson key={one.person.id} suggestion={one} near={data.near} />)}</ul>
        </Section>
      )}
      {!!data?.spaces.length && (
        <Section title={t('spaces')}>
          <ul className={classes.list}>{data.spaces.map((one) => <SuggestedSpace key={one.space.id} suggestion={one} near={data.near} />)}</ul>
        </Section>
      )}
    </Page>
  )
}
