import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconCircles, IconCircleOff, IconMoon } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChoosePicture } from '../../core/people/picture.ts'
import { isAdmin } from '../../core/people/policy.ts'
import { spaceKeys } from '../../core/spaces/queries.ts'
import { SpaceRow } from '../../core/spaces/SpaceRow.tsx'
import { notify } from '../../kernel/notify.ts'
import { paths } from '../../kernel/paths.ts'
import { usePages } from '../../kernel/query.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Space } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { useLook } from './commands.ts'
import classes from './Communities.module.css'

const PATIENCE = 30_000
const SHOWN = 3

type Looking = { isOn: boolean; isOver: boolean; begin: () => void }

/** Whether communities are being looked for because somebody asked for it here; `isOver`: for longer than it takes. */
export function useLooking(): Looking {
  const [state, setState] = useState<'idle' | 'on' | 'over'>('idle')
  useEffect(() => {
    if (state !== 'on') return
    const timer = setTimeout(() => setState('over'), PATIENCE)
    return () => clearTimeout(timer)
  }, [state])
  return { isOn: state === 'on', isOver: state === 'over', begin: () => setState('on') }
}

/** Nobody has looked yet, or nothing was found for anybody. */
export function NotLooked({ looking }: { looking: Looking }) {
  const { t } = useTranslation('communities')
  const me = useMe()
  const look = useLook(looking.begin)
  const action = isAdmin(me) && <Button loading={look.isPending || looking.isOn} onClick={() => look.mutate()}>{t('look')}</Button>
  return <EmptyState Icon={IconMoon} title={t('not_looked')} action={action}>{looking.isOver ? t('none_at_all') : t('not_looked_hint')}</EmptyState>
}

/** Part of no community at present: where one might meet people. */
export function InNone() {
  const { t } = useTranslation('communities')
  const { items } = usePages<Space>(spaceKeys.directory(''), '/spaces', { q: '' })
  const others = items.filter(({ my, state }) => !my.role && !my.requested && state === 'active').slice(0, SHOWN)
  const action = (
    <>
      <Button component={Link} to={paths.spaces}>{t('to_spaces')}</Button>
      <Button component={Link} to={paths.people} variant="default">{t('to_people')}</Button>
    </>
  )
  return (
    <>
      <EmptyState Icon={IconCircles} title={t('in_none')} action={action}>{t('in_none_hint')}</EmptyState>
      {others.length > 0 && (
        <section aria-labelledby="spaces-to-look-at">
          <h2 id="spaces-to-look-at" className={classes.others}>{t('look_at')}</h2>
          {others.map((space) => <SpaceRow key={space.id} space={space} />)}
        </section>
      )}
    </>
  )
}

/** I left the picture of the network. */
export function HasLeft() {
  const { t } = useTranslation('communities')
  const back = useChoosePicture(t('failed.back'), () => notify(t('is_back')))
  const action = (
    <>
      <Button loading={back.isPending} onClick={() => back.mutate({ in_network: true })}>{t('come_back')}</Button>
      <Button component={Link} to={paths.settings('network')} variant="default">{t('choices')}</Button>
    </>
  )
  return <EmptyState Icon={IconCircleOff} title={t('has_left')} action={action}>{t('has_left_hint')}</EmptyState>
}
