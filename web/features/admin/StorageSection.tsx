import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { fileSize } from '../../core/entries/file-size.ts'

type Usage = { files: number; bytes: number; day: number; waiting: number; limit: number | null; disk_free: number }

/** How much room the files of the network take, and what is left. */
export function StorageSection() {
  const { t } = useTranslation('admin')
  const { data, error, refetch } = useQuery({
    queryKey: ['storage'], staleTime: 0, queryFn: ({ signal }) => api.get<Usage>('/storage', {}, signal),
  })
  const size = (bytes: number) => fileSize(t('kernel:locale'), bytes)
  return (
    <Section title={t('storage.title')}>
      {error && <ErrorState error={error} retry={refetch} />}
      {!data && !error && <RowSkeletons count={1} />}
      {data && <>
        <p>{t(data.limit === null ? 'storage.all' : 'storage.limited', {
          count: data.files, bytes: size(data.bytes), free: size(data.disk_free), limit: size(data.limit ?? 0) })}</p>
        <p>{t('storage.lately', { day: size(data.day), waiting: size(data.waiting) })}</p>
      </>}
    </Section>
  )
}
