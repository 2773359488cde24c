import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconMail, IconMessageCircle, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { failureTitle, isGone } from '../../kernel/reason.ts'
import { useParam } from '../../kernel/route.ts'
import { useMe } from '../../kernel/session.tsx'
import { isKnownZone } from '../../kernel/time-zones.ts'
import type { Person } from '../../kernel/types.ts'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { SpaceEntries } from '../entries/SpaceEntries.tsx'
import { JoinButton } from '../spaces/JoinButton.tsx'
import { useSpace } from '../spaces/queries.ts'
import { Face } from './Face.tsx'
import { LeaveProfileButton } from './LeaveProfileButton.tsx'
import { LocalTime } from './LocalTime.tsx'
import { PersonChips } from './PersonRow.tsx'
import classes from './ProfilePage.module.css'
import { usePerson } from './queries.ts'
import { SharedSpaces } from './SharedSpaces.tsx'
import { useTalk } from './talk.ts'
import { Unfilled } from './Unfilled.tsx'
import { Written } from './Written.tsx'

/** Whether a profile does not say yet what somebody does. */
const isUnfilled = ({ title, about }: Person) => !title || !about

export function ProfilePage() {
  const { t } = useTranslation('people')
  const me = useMe()
  const { data: person, error, refetch } = usePerson(useParam('id'))
  if (error && (!person || isGone(error))) return <Page title={failureTitle(t, error)}><ErrorState error={error} retry={refetch} /></Page>
  if (!person) return <Page title="…"><RowSkeletons count={1} /></Page>
  return (
    <Page key={person.id} title={person.name}>
      <Card person={person} />
      {person.id !== me.id && <SharedSpaces person={person} />}
      {person.id !== me.id && <Written person={person} />}
      <Updates person={person} />
      {person.id === me.id && <Written person={person} />}
    </Page>
  )
}

function Card({ person }: { person: Person }) {
  const { t } = useTranslation('people')
  return (
    <section className={classes.card} aria-label={t('profile:about', { name: person.name })}>
      <Face person={person} size={96} />
      <div className={classes.words}>
        <div className={classes.name}>
          <strong>{person.name}</strong>
          {person.pronouns && <span className={classes.pronouns}>{person.pronouns}</span>}
          <PersonChips person={person} />
        </div>
        <div className={classes.title}><Titles person={person} /></div>
        <div className={classes.facts}>
          {isKnownZone(person.time_zone) && <LocalTime zone={person.time_zone} />}
          {person.email && <a href={`mailto:${person.email}`}><IconMail size={16} stroke={1.75} aria-hidden />{person.email}</a>}
        </div>
        {person.about && <p className={classes.about}>{person.about}</p>}
        <div className={classes.actions}><Actions person={person} /></div>
      </div>
    </section>
  )
}

function Titles({ person: { title, department, handle } }: { person: Person }) {
  return (
    <>
      {title && `${title} · `}
      {department && <><Link className="link" to={paths.people} search={{ department } as never}>{department}</Link>{' · '}</>}
      {`@${handle}`}
    </>
  )
}

function Actions({ person }: { person: Person }) {
  const { t } = useTranslation('people')
  const me = useMe()
  const talk = useTalk()
  const { data: space } = useSpace(person.space ?? '')
  if (person.id === me.id && isUnfilled(person)) return <Unfilled person={person} />
  if (person.id === me.id)
    return <Button component={Link} to={paths.settings('profile')} variant="default" leftSection={<IconPencil size={16} />}>{t('profile:edit')}</Button>
  return (
    <>
      {person.state === 'active' && person.kind === 'person' && (
        <Button leftSection={<IconMessageCircle size={16} />} loading={talk.isPending} onClick={() => talk.mutate([person.id])}>{t('talk')}</Button>
      )}
      {space && !space.my.role && <JoinButton space={space} size="sm" />}
      {space?.my.role && <LeaveProfileButton space={space} />}
    </>
  )
}

function Updates({ person }: { person: Person }) {
  const { t } = useTranslation('people')
  const { data: space } = useSpace(person.space ?? '')
  if (!space) return null
  return (
    <section aria-label={t('profile:updates')}>
      <h2 className={classes.heading}>{t('profile:updates')}</h2>
      <SpaceEntries space={space} />
    </section>
  )
}
