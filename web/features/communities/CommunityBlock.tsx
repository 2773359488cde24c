import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconArrowRight } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../kernel/notify.ts'
import { paths } from '../../kernel/paths.ts'
import { useMe } from '../../kernel/session.tsx'
import classes from './Communities.module.css'
import { CommunityPeople } from './CommunityPeople.tsx'
import { HomeProposal } from './HomeProposal.tsx'
import { ProposeDialog } from './ProposeDialog.tsx'
import type { Community } from './queries.ts'
import { WhatAbout } from './words.tsx'

/** A community I am part of: what about, who, where, and its home. */
export function CommunityBlock({ community }: { community: Community }) {
  const { t } = useTranslation('communities')
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const spaces = community.spaces.filter((space) => space.id !== community.space?.id)
  useOpening(community)
  return (
    <section className={classes.community} aria-labelledby={id}>
      <h2 ref={heading} id={id} tabIndex={-1} className={classes.about}><WhatAbout community={community} /></h2>
      <CommunityPeople community={community} />
      <dl className={classes.facts}>
        {spaces.length > 0 && (
          <div>
            <dt>{t('most_are_in')}</dt>
            <dd className={classes.spaces}>{spaces.map(({ id: space, name }) => <Link key={space} to={paths.space(space)} className="link">{name}</Link>)}</dd>
          </div>
        )}
        <div><dt>{t('since')}</dt><dd>{dateOf(t, community.since)}</dd></div>
      </dl>
      <HomeOf community={community} changed={() => settleFocus(heading.current)} />
    </section>
  )
}

function HomeOf({ community, changed }: { community: Community; changed: () => void }) {
  const { t } = useTranslation('communities')
  const { role } = useMe()
  const [isOpen, setOpen] = useState(false)
  const { space, home } = community
  if (space)
    return (
      <p className={classes.home}>
        {t('home_is')} <Link to={paths.space(space.id)} className={classes.to}>{space.name}<IconArrowRight size={16} stroke={1.75} aria-hidden /></Link>
      </p>
    )
  if (home) return <HomeProposal community={community} home={home} changed={changed} />
  return (
    <div className={classes.home}>
      <span>{t('homeless')}</span>
      {role !== 'guest' && <Button variant="default" size="compact-md" onClick={() => setOpen(true)}>{t('propose')}</Button>}
      {isOpen && <ProposeDialog community={community} close={() => setOpen(false)} proposed={changed} />}
    </div>
  )
}

const dateOf = (t: TFunction, at: string) => new Date(at).toLocaleDateString(t('kernel:locale'), { dateStyle: 'long' })

/** Says that the home opened, whoever said the last yes. */
function useOpening({ space }: Community) {
  const { t } = useTranslation('communities')
  const before = useRef(space)
  useEffect(() => {
    if (space && !before.current) notify(t('opened', { name: space.name }))
    before.current = space
  }, [space, t])
}

// What had the focus (the button that was pressed) may be gone.
function settleFocus(heading: HTMLElement | null) {
  setTimeout(() => {
    if (!document.activeElement || document.activeElement === document.body) heading?.focus({ preventScroll: true })
  }, 50)
}
