import { Link } from '@tanstack/react-router'
import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconLock } from '@tabler/icons-react'
import { Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isTouch } from '../../core/entries/composer/touch.ts'
import { FlatSpace } from '../../core/entries/FlatSpace.tsx'
import { replying } from '../../core/entries/replying.ts'
import { SpaceHeads } from '../../core/spaces/SpaceHeads.tsx'
import { useSpace } from '../../core/spaces/queries.ts'
import { useMe } from '../../kernel/session.tsx'
import { sendTyping } from '../../kernel/live.ts'
import { later } from '../../kernel/later.ts'
import { paths } from '../../kernel/paths.ts'
import { failureTitle } from '../../kernel/reason.ts'
import type { Space } from '../../kernel/types.ts'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { PageHeader } from '../../kernel/ui/PageHeader.tsx'
import { Faces } from '../../kernel/ui/Avatar.tsx'
import { audienceSentence, spaceName } from '../../kernel/ui/audience.ts'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'
import { useWriting } from './live.ts'
import classes from './Messages.module.css'

const TalkButtons = later(() => import('../../core/spaces/StarButton.tsx').then((file) => file.TalkButtons), ['rail'])

const TELL_EVERY = 3_000

/** A direct conversation. */
export function ConversationView({ id }: { id: string }) {
  const { t } = useTranslation(['messages', 'kernel'])
  const { data: space, error, refetch } = useSpace(id)
  const told = useRef(0)
  const { shows_writing } = useMe()
  const back = <ActionIcon className={classes.back} variant="subtle" color="gray" size={40} aria-label={t('kernel:back')} renderRoot={(props) => <Link to={paths.messages} {...props} />}><IconArrowLeft size={20} stroke={1.75} /></ActionIcon>
  useEffect(() => {
    // On a screen the keyboard would cover what one came to read.
    if (!isTouch) replying.set(`space/${id}`)
    return () => replying.set(null)
  }, [id])
  if (error && !space) return <div className={classes.main}><PageHeader title={failureTitle(t, error)} before={back} /><ErrorState error={error} retry={refetch} /></div>
  if (!space) return <div className={classes.main}><PageHeader title="…" before={back} /><div className={classes.waiting}><EntrySkeletons /></div></div>
  const name = spaceName(t, space)
  const tell = () => {
    if (shows_writing === false || Date.now() - told.current < TELL_EVERY) return
    told.current = Date.now()
    sendTyping(space.id)
  }
  return (
    <div className={classes.main}>
      <PageHeader title={name} before={back} beside={<span className={classes.audience}><AudienceLabel audience={space.audience} /></span>} actions={<Suspense><TalkButtons id={space.id} /></Suspense>} />
      <div className={classes.heads}><SpaceHeads space={space} /></div>
      <FlatSpace space={space} mode="chat" placeholder={t('write', { name })} action={t('send')} onTyping={tell}
        beginning={<Beginning space={space} />} below={<WritingLine space={space} />} />
    </div>
  )
}

/** What a direct conversation is, where it begins. */
function Beginning({ space }: { space: Space }) {
  const { t } = useTranslation('messages')
  return (
    <div className={classes.beginning}>
      {space.people.length > 0 && <Faces people={space.people} />}
      <b>{audienceSentence(t, space.audience)}</b>
      <p><IconLock size={14} stroke={1.75} aria-hidden /> {t('sealed')}</p>
    </div>
  )
}

function WritingLine({ space }: { space: Space }) {
  const { t } = useTranslation('messages')
  const people = useWriting(space.id, space.people)
  const names = new Intl.ListFormat(t('kernel:locale')).format(people.map(({ name }) => name.split(' ')[0]))
  return <p className={classes.writing} aria-live="polite">{people.length > 0 ? t('writing', { count: people.length, names }) : ' '}</p>
}
