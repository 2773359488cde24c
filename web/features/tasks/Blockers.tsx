import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { entryKeys } from '../../core/entries/keys.ts'
import { api } from '../../kernel/api.ts'
import type { Entry } from '../../kernel/types.ts'
import { useTasks } from './queries.ts'

/** The tasks of the same space that have to be done before. */
export function Blockers({ entry, value, onChange }: { entry: Entry; value: string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation('task-cards')
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 250)
  const { items } = useTasks(entry.space, 'age', { state: 'active', ...(q && { q }) })
  const chosen = useQueries({ queries: value.map((id) => ({ queryKey: entryKeys.one(id), queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Entry>(`/entries/${id}`, {}, signal) })) })
  const known = new Map([...items, ...chosen.flatMap(({ data }) => (data ? [data] : []))].filter(({ id }) => id !== entry.id).map(({ id, title }) => [id, title]))
  return (
    <MultiSelect label={t('blocked_by')} description={t('blocked_by_hint')} value={value} onChange={onChange} searchable searchValue={typed} onSearchChange={setTyped} hidePickedOptions
      data={[...new Set([...known.keys(), ...value])].map((id) => ({ value: id, label: known.get(id) ?? t('another') }))} filter={({ options }) => options} nothingFoundMessage={t('none_found')} maxDropdownHeight={220} comboboxProps={{ withinPortal: true }} />
  )
}
