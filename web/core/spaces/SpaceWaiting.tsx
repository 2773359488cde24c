import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { queryClient } from '../../kernel/query.ts'
import { WaitingLine } from '../waiting/WaitingLine.tsx'
import type { WaitingItem } from '../waiting/waiting.ts'
import waiting from '../waiting/Waiting.module.css'
import { spaceKeys } from './queries.ts'

const refresh = () => void queryClient.invalidateQueries({ queryKey: spaceKeys.all })

/** A space I am invited to. */
export function InvitedLine({ item }: { item: WaitingItem }) {
  const { t } = useTranslation('spaces')
  const space = item.space!
  const [by] = item.people
  const title = by ? t('waiting:space.invited', { name: by.name, space: space.name }) : t('waiting:space.invited_by_somebody', { space: space.name })
  return (
    <WaitingLine item={item} title={title} to={paths.space(space.id)} failed={t('failed.answer')} answers={[
      { label: t('waiting:space.accept'), name: t('waiting:space.accept_one', { space: space.name }), isMain: true, run: () => api.post(`/spaces/${space.id}/join`), done: refresh },
      { label: t('decline'), name: t('waiting:space.decline_one', { space: space.name }), run: () => api.post(`/spaces/${space.id}/invitations/decline`), done: refresh },
    ]}>
      <p className={waiting.more} dir="auto">{String(item.facts.purpose)}</p>
    </WaitingLine>
  )
}

/** Somebody who asks to come into a space of mine. */
export function AskedLine({ item }: { item: WaitingItem }) {
  const { t } = useTranslation('spaces')
  const space = item.space!
  const [, person] = item.id.split('/')
  const name = item.people[0]?.name ?? t('waiting:space.somebody')
  const answer = (verb: 'approve' | 'decline') => () => api.post(`/spaces/${space.id}/requests/${person}/${verb}`)
  return (
    <WaitingLine item={item} title={t('waiting:space.asks', { name, space: space.name })} to={paths.members(space.id)} failed={t('failed.request')} answers={[
      { label: t('approve'), name: t('waiting:space.let_in_one', { name }), isMain: true, run: answer('approve'), done: refresh },
      { label: t('decline'), name: t('waiting:space.turn_down_one', { name }), run: answer('decline'), done: refresh },
    ]} />
  )
}
