import { Button, Group, PasswordInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../kernel/api.ts'
import { valuesOf } from '../../kernel/form.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { ConfirmDialog } from '../../kernel/ui/ConfirmDialog.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { AdminPage } from '../../core/people/AdminPage.tsx'
import { useCommand } from '../../kernel/query.ts'
import { Face } from '../../core/people/Face.tsx'
import classes from './DemoPage.module.css'
import { lookAs, useDemo, useFillDemo, useRemoveDemo, type DemoState } from './demo.ts'
import { DemoProgress } from './DemoProgress.tsx'

export function DemoPage() {
  const { t } = useTranslation('demo')
  const { data: demo, error, refetch } = useDemo()
  return (
    <AdminPage>
      <Section title={t('title')} lead={t('lead')}>
        {error && <ErrorState error={error} retry={refetch} />}
        {!demo && !error && <RowSkeletons count={1} />}
        {demo?.state === 'absent' && <Fill />}
        {demo?.state === 'present' && <Present demo={demo} refetch={refetch} />}
      </Section>
    </AdminPage>
  )
}

function Fill() {
  const { t } = useTranslation('demo')
  const fill = useFillDemo()
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    fill.mutate(valuesOf(event.currentTarget).password || undefined)
  }
  if (fill.isPending) return <DemoProgress doing="filling" />
  return (
    <form onSubmit={send}>
      <PasswordInput name="password" label={t('password')} description={t('password_hint')} minLength={8} autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('kernel:show_password') }} />
      {fill.error && <FormError>{reasonOf(t, fill.error)}</FormError>}
      <Group justify="flex-end" mt="md"><Button type="submit">{t('fill')}</Button></Group>
    </form>
  )
}

/** Three people, each with a button to see the network from where they stand. */
function Guides({ demo }: { demo: DemoState }) {
  const { t } = useTranslation('demo')
  const look = useCommand<string>({ run: lookAs, failed: t('look.failed') })
  if (!demo.guides.length) return null
  return (
    <>
      <h3 className={classes.heading}>{t('look.title')}</h3>
      <p className="quiet">{t('look.lead')}</p>
      <ul className={classes.guides}>
        {demo.guides.map(({ part, person }) => (
          <li key={person.id} className={classes.guide}>
            <Face person={person} />
            <span className={classes.who}><strong>{person.name}</strong><span>{t(`look.${part}`)}</span></span>
            <Button variant="default" size="sm" loading={look.isPending && look.variables === person.id} onClick={() => look.mutate(person.id)} aria-label={t('look.sign_in_as', { name: person.name })}>{t('look.sign_in')}</Button>
          </li>
        ))}
      </ul>
    </>
  )
}

function Present({ demo, refetch }: { demo: DemoState; refetch: () => Promise<unknown> }) {
  const { t } = useTranslation('demo')
  const [isAsking, setAsking] = useState(false)
  const remove = useRemoveDemo()
  // Somebody wrote there since the question was asked: it is asked again with what is known now.
  const askAgain = async (error: Error) => {
    if (!(error instanceof ApiError && error.code === 'demo_in_use')) return
    await refetch()
    setAsking(true)
  }
  const confirm = () => {
    setAsking(false)
    remove.mutate({ force: demo.theirs > 0 }, { onError: askAgain })
  }
  if (remove.isPending) return <DemoProgress doing="removing" />
  return (
    <>
      <p>{t('present', demo)}</p>
      <Guides demo={demo} />
      {demo.handles.length > 0 && <p className="quiet">{t('handles', { handles: demo.handles.map((handle) => `@${handle}`).join(', ') })}</p>}
      {remove.error && <FormError>{reasonOf(t, remove.error)}</FormError>}
      <Button variant="default" onClick={() => setAsking(true)}>{t('remove')}</Button>
      <ConfirmDialog opened={isAsking} danger onClose={() => setAsking(false)} title={t('remove_title')} action={t(demo.theirs > 0 ? 'remove_anyway' : 'remove')}
        onConfirm={confirm}>
        <p>{t('remove_text')}</p>
        {demo.theirs > 0 && <p><strong>{t('theirs', { count: demo.theirs })}</strong></p>}
      </ConfirmDialog>
    </>
  )
}
