import { IconArchive } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { failureTitle, isGone } from '../../kernel/reason.ts'
import { useParam, useSearchParam } from '../../kernel/route.ts'
import type { Space } from '../../kernel/types.ts'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { PageHeader } from '../../kernel/ui/PageHeader.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'
import { Redirect } from '../../kernel/ui/Redirect.tsx'
import { withInvited } from '../../kernel/ui/audience.ts'
import { FlatSpace } from '../entries/FlatSpace.tsx'
import { SpaceEntries, Views } from '../entries/SpaceEntries.tsx'
import { spaceExtensions } from './extensions.ts'
import { SealedSpace } from './SealedSpace.tsx'
import { useSpace } from './queries.ts'
import { SpaceHeads } from './SpaceHeads.tsx'
import { SpaceActions } from './SpaceActions.tsx'
import classes from './SpacePage.module.css'

export function SpacePage() {
  const { t } = useTranslation('spaces')
  const { data: space, error, refetch } = useSpace(useParam('id'))
  const view = useSearchParam('view') ?? 'threads'
  if (error && (!space || isGone(error))) return <Page title={failureTitle(t, error)}><ErrorState error={error} retry={refetch} /></Page>
  if (!space) return <Page title="…"><EntrySkeletons /></Page>
  if (space.kind === 'direct') return <Redirect to={paths.conversation(space.id)} />
  const audience = <span className={classes.wide}><AudienceLabel audience={withInvited(space)} /></span>
  if (view === 'flat' && space.my.may_read)
    return (
      <div key={space.id} className={classes.flat}>
        <PageHeader title={space.name} beside={audience} actions={<SpaceActions space={space} />} />
        <FlatSpace space={space} top={<div className={classes.views}><Views space={space} view={view} /><SpaceHeads space={space} /></div>} placeholder={t('entries:write_space', { name: space.name })} action={t('entries:post')} />
      </div>
    )
  return (
    <Page key={space.id} title={space.name} beside={audience} actions={<SpaceActions space={space} />}>
      <Charter space={space} />
      {space.my.may_read && <SpaceHeads space={space} />}
      {space.my.may_read ? <Body space={space} view={view} /> : <SealedSpace space={space} />}
    </Page>
  )
}

/** What is written here, or what a feature shows of it. */
function Body({ space, view }: { space: Space; view: string }) {
  const tab = spaceExtensions.tabs.find((one) => one.view === view)
  if (!tab) return <SpaceEntries space={space} />
  const views = <Views space={space} view={view} />
  return <Suspense fallback={<>{views}<EntrySkeletons /></>}><tab.Body space={space} views={views} /></Suspense>
}

/** Above everything written here: what it is for, for whom, and who can read it. */
function Charter({ space }: { space: Space }) {
  const { t } = useTranslation('spaces')
  return (
    <section className={classes.charter} aria-label={t('charter.title')}>
      <p>{space.purpose}</p>
      {space.audience_note && <p className={classes.note}>{t('charter.for', { audience: space.audience_note })}</p>}
      <div className={classes.narrow}><AudienceLabel audience={withInvited(space)} /></div>
      {space.state === 'archived' && <Chip tone="amber" Icon={IconArchive}>{t('archived_hint')}</Chip>}
    </section>
  )
}
