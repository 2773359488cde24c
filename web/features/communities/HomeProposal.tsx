import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { useFutureAudience } from '../../core/spaces/AudiencePreview.tsx'
import { paths } from '../../kernel/paths.ts'
import { useMe } from '../../kernel/session.tsx'
import { AUDIENCE_COLOUR } from '../../kernel/ui/audience.ts'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { ConfirmDialog } from '../../kernel/ui/ConfirmDialog.tsx'
import { useAgree, useTakeBack } from './commands.ts'
import classes from './Communities.module.css'
import type { Community, Home } from './queries.ts'

type Props = { community: Community; home: Home; changed: () => void }

/** A home that somebody proposed: to say yes to, until enough have. */
export function HomeProposal({ community, home, changed }: Props) {
  const { t } = useTranslation('communities')
  const me = useMe()
  const audience = useFutureAudience(home.visibility, home.needed)
  const isMine = home.by.id === me.id
  return (
    <div className={classes.proposal} style={{ '--audience': AUDIENCE_COLOUR[audience.scope] } as CSSProperties}>
      <div className={classes.by}>{isMine ? t('by_you') : <Link to={paths.person(home.by.id)}>{t('by', { name: home.by.name })}</Link>}</div>
      <h3 className={classes.name} dir="auto">{home.name}</h3>
      <p className={classes.purpose} dir="auto">{home.purpose}</p>
      <AudienceLabel audience={audience} name={t(`spaces:visibility.${home.visibility}`)} says="readers" />
      <div className={classes.meaning}>{t(`charter:${home.visibility}_preview`)}</div>
      <div className={classes.answer}>
        <Count home={home} />
        {isMine ? <TakeBack community={community} home={home} changed={changed} /> : <Answer community={community} home={home} changed={changed} />}
      </div>
    </div>
  )
}

function Count({ home: { agreed, needed } }: { home: Home }) {
  const { t } = useTranslation('communities')
  return (
    <span className={classes.count}>
      <span className={classes.dots} aria-hidden>{Array.from({ length: needed }, (_, at) => <i key={at} data-on={at < agreed || undefined} />)}</span>
      <span aria-live="polite">{t('agreed', { count: agreed, needed })}</span>
    </span>
  )
}

function Answer({ community, home, changed }: Props) {
  const { t } = useTranslation('communities')
  const agree = useAgree(community, home)
  return (
    <Button size="compact-md" variant={home.mine ? 'default' : 'filled'} loading={agree.isPending && home.agreed + 1 >= home.needed && !home.mine}
      onClick={() => !agree.isPending && agree.mutate(!home.mine, { onSettled: changed })}>
      {t(home.mine ? 'take_yes_back' : 'yes')}
    </Button>
  )
}

function TakeBack({ community, home, changed }: Props) {
  const { t } = useTranslation('communities')
  const [asks, setAsks] = useState(false)
  const takeBack = useTakeBack(community.id, changed)
  return (
    <>
      <Button size="compact-md" variant="default" onClick={() => setAsks(true)}>{t('take_back')}</Button>
      <ConfirmDialog opened={asks} danger title={t('take_back_title', { name: home.name })} action={t('take_back')} busy={takeBack.isPending}
        onClose={() => setAsks(false)} onConfirm={() => takeBack.mutate(undefined, { onError: () => setAsks(false) })}>
        {t('take_back_hint', { count: home.agreed - 1 })}
      </ConfirmDialog>
    </>
  )
}
