import { IconFileImport } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { WaitingLine } from '../../core/waiting/WaitingLine.tsx'
import type { WaitingItem } from '../../core/waiting/waiting.ts'
import waiting from '../../core/waiting/Waiting.module.css'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { refetchAttributions } from './attributions.ts'

/** Words of an import that are said to be mine: to be looked at before one says yes, or refused at once. */
export function WordsWaiting({ item }: { item: WaitingItem }) {
  const { t } = useTranslation('attributions')
  const navigate = useNavigate()
  return (
    <WaitingLine item={{ ...item, people: [] }} Icon={IconFileImport} title={t('waiting.title')} to={paths.imported} failed={t('failed')} answers={[
      { label: t('waiting.look'), isMain: true, run: async () => void navigate({ to: paths.imported }) },
      { label: t('refuse'), run: () => api.post(`/attributions/${item.id}/refuse`), done: refetchAttributions },
    ]}>
      <p className={waiting.more}>{t('waiting.text', { name: String(item.facts.name) })}</p>
    </WaitingLine>
  )
}
