import { Button, Checkbox, FileInput, Group, Progress, Stack, TextInput } from '@mantine/core'
import { IconFileZip } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '../../kernel/reason.ts'
import { useSearchParam, useSetSearch } from '../../kernel/route.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { AdminPage } from '../../core/people/AdminPage.tsx'
import { useImport, useSendArchive } from './import.ts'
import { ImportProgress } from './ImportProgress.tsx'
import { ImportReport } from './ImportReport.tsx'

/** Bring the history of a Slack workspace or a Stack Exchange site in. The address names the import, so that it can be looked at again. */
export function ImportPage() {
  const { t } = useTranslation('imports')
  const id = useSearchParam('import')
  const setSearch = useSetSearch()
  const { data: job, error } = useImport(id)
  const isOver = job?.state === 'done' || job?.state === 'failed'
  return (
    <AdminPage>
      <Section title={t('title')} lead={t('lead')}>
        {!id && <ArchiveForm sent={(import_) => setSearch({ import: import_ })} />}
        {error && <FormError>{reasonOf(t, error)}</FormError>}
        {job && !isOver && <ImportProgress job={job} />}
        {job && isOver && <ImportReport job={job} begun={(import_) => setSearch({ import: import_ })} again={() => setSearch({ import: undefined })} />}
      </Section>
      {!id && <Section title={t('what.title')}><What /></Section>}
    </AdminPage>
  )
}

function ArchiveForm({ sent }: { sent: (id: string) => void }) {
  const { t } = useTranslation('imports')
  const [file, setFile] = useState<File | null>(null)
  const [dry_run, setDry] = useState(true)
  const [confirm_addresses, setConfirmed] = useState(false)
  const [name, setName] = useState('')
  const send = useSendArchive(sent)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (file) send.mutate({ file, dry_run, confirm_addresses, name: name.trim() || undefined })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <FileInput label={t('file')} description={t('file_hint')} placeholder={t('choose')} accept=".zip,application/zip" required value={file}
          onChange={setFile} leftSection={<IconFileZip size={18} stroke={1.5} />} clearable clearButtonProps={{ 'aria-label': t('clear') }} />
        <Checkbox checked={dry_run} onChange={(event) => setDry(event.currentTarget.checked)} label={t('dry')} description={t('dry_hint')} />
        <Checkbox checked={confirm_addresses} onChange={(event) => setConfirmed(event.currentTarget.checked)} label={t('confirmed')} description={t('confirmed_hint')} />
        <TextInput label={t('name')} description={t('name_hint')} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        {send.isPending && <Progress value={100 * send.share} aria-label={t('sending')} />}
        {send.error && <FormError>{reasonOf(t, send.error)}</FormError>}
        <Group justify="flex-end"><Button type="submit" disabled={!file} loading={send.isPending}>{t(dry_run ? 'look' : 'import')}</Button></Group>
      </Stack>
    </form>
  )
}

function What() {
  const { t } = useTranslation('imports')
  return (
    <ul>
      {['people', 'channels', 'messages', 'questions', 'quiet', 'again'].map((point) => <li key={point}>{t(`what.${point}`)}</li>)}
    </ul>
  )
}
