import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { ConfirmDialog } from '../../kernel/ui/ConfirmDialog.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { AdminPage } from '../admin/AdminPage.tsx'
import { lookAgain, useDemo, useRemoveDemo, type DemoStatus } from './demo.ts'
import { DemoProgress } from './DemoProgress.tsx'

export function DemoPage() {
  const { t } = useTranslation('demo')
  const { data: status, error, refetch } = useDemo()
  return (
    <AdminPage>
      <Section title={t('title')} lead={t('lead')}>
        {error && <ErrorState error={error} retry={refetch} />}
        {!status && !error && <RowSkeletons count={1} />}
        {status?.state === 'absent' && <Fill />}
        {(status?.state === 'filling' || status?.state === 'removing') && <DemoProgress status={status} />}
        {status?.state === 'present' && <Present status={status} />}
      </Section>
    </AdminPage>
  )
}

function Fill() {
  const { t } = useTranslation('demo')
  const fill = useCommand<void, unknown>({ run: () => api.post('/demo'), done: seeAll, failed: t('failed') })
  return <Button loading={fill.isPending} onClick={() => fill.mutate()}>{t('fill')}</Button>
}

function seeAll() {
  lookAgain()
  void queryClient.invalidateQueries()
}

function Present({ status }: { status: DemoStatus }) {
  const { t } = useTranslation('demo')
  const [isAsking, setAsking] = useState(false)
  const remove = useRemoveDemo()
  return (
    <>
      <p>{t('present')}{status.people !== undefined && ` ${t('counts', status)}`}</p>
      <Button variant="default" onClick={() => setAsking(true)}>{t('remove')}</Button>
      <ConfirmDialog opened={isAsking} danger onClose={() => setAsking(false)} title={t('remove_title')} action={t('remove')} busy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSettled: () => setAsking(false) })}>
        {t('remove_text')}
      </ConfirmDialog>
    </>
  )
}
