import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PeopleTabs } from '../../core/people/PeopleTabs.tsx'
import { paths } from '../../kernel/paths.ts'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import classes from './Communities.module.css'
import { CommunityBlock } from './CommunityBlock.tsx'
import { HasLeft, InNone, NotLooked, useLooking } from './empty.tsx'
import { useCommunities } from './queries.ts'

/** With whom I often talk, and whether we have a place of our own. */
export function CommunitiesPage() {
  const { t } = useTranslation('communities')
  const looking = useLooking()
  const { data, error, refetch } = useCommunities(looking.isOn)
  return (
    <Page title={t('title')} below={<PeopleTabs />}>
      {!data && !error && <RowSkeletons count={3} />}
      {error && !data && <ErrorState error={error} retry={refetch} />}
      {data && !data.in_network && <HasLeft />}
      {data?.in_network && data.items.length > 0 && <Lead />}
      {data?.in_network && data.items.map((community) => <CommunityBlock key={community.id} community={community} />)}
      {data?.in_network && data.items.length === 0 && (data.found_at ? <InNone /> : <NotLooked looking={looking} />)}
    </Page>
  )
}

function Lead() {
  const { t } = useTranslation('communities')
  return (
    <p className={classes.lead}>
      {t('how')} {t('who_sees')} <Link to={paths.settings('network')} className="link">{t('choices')}</Link>
    </p>
  )
}
