import { Link } from '@tanstack/react-router'
import { IconCircle, IconCircleCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { useMe } from '../../kernel/session.tsx'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { PlainButton } from '../../kernel/ui/PlainButton.tsx'
import classes from './FirstSteps.module.css'

type Steps = { dismissed: boolean; steps: { name: string; done: boolean }[] }

const KEY = ['first-steps']
const refresh = () => void queryClient.invalidateQueries({ queryKey: KEY })

/** What whoever looks after a new network has still to do. Each ticks itself off when it shows that it was done. */
export function FirstSteps() {
  const { t } = useTranslation('first-steps')
  const me = useMe()
  const { data } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Steps>('/first-steps', {}, signal), staleTime: 0 })
  const dismiss = useCommand({ run: () => api.patch('/network', { first_steps_dismissed: true }), done: refresh, failed: t('failed') })
  const general = useCommand({ run: () => api.post('/network/general'), done: () => void queryClient.invalidateQueries(), failed: t('failed') })
  const WAYS: Record<string, string> = { people: paths.admin('invitations'), address: paths.admin('network'), mail: paths.admin('network'), profile: paths.settings('profile') }
  if (!data || data.dismissed || data.steps.every(({ done }) => done)) return null
  return (
    <section className={classes.box} aria-label={t('title', { network: me.network.name })}>
      <div className={classes.head}>
        <h2>{t('title', { network: me.network.name })}</h2>
        <span className="quiet">{t('done', { done: data.steps.filter(({ done }) => done).length, all: data.steps.length })}</span>
        <IconButton label={t('dismiss')} onClick={() => dismiss.mutate()}><IconX size={18} stroke={1.75} /></IconButton>
      </div>
      <ul className={classes.steps}>
        {data.steps.map(({ name, done }) => (
          <li key={name} data-done={done || undefined}>
            {done ? <IconCircleCheck size={18} stroke={1.75} aria-label={t('is_done')} /> : <IconCircle size={18} stroke={1.75} aria-hidden />}
            {done || !WAYS[name] ? <span>{t(`step.${name}`)}</span> : <Link className="link" to={WAYS[name]}>{t(`step.${name}`)}</Link>}
            {name === 'general' && !done && <PlainButton busy={general.isPending} onClick={() => general.mutate()}>{t('make_general')}</PlainButton>}
          </li>
        ))}
      </ul>
      <p className="quiet">{t('also')} <Link className="link" to={paths.start}>{t('ways')}</Link></p>
    </section>
  )
}
