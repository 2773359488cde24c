import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TabRow } from '../../kernel/ui/TabRow.tsx'
import list from './EntryList.module.css'

type Words = { typed: string; type: (words: string) => void; q: string }

/** Words to look for in a list; `q` is asked for when nobody has typed for a quarter of a second. */
export function useWords(): Words {
  const [typed, type] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 250)
  return { typed, type, q }
}

type Props = {
  /** What the choice is about, for those who hear it. */
  label: string
  choices: { name: string; label: string }[]
  shown: string
  choose: (name: string) => void
  find?: { words: Words; label: string }
}

/** Above a list of one kind: which of them are shown, and the words they are to have. */
export function ListTools({ label, choices, shown, choose, find }: Props) {
  const { t } = useTranslation('entries')
  return (
    <div className={list.tools}>
      <div className={list.tabs} role="group" aria-label={label}><TabRow tabs={choices} shown={shown} more={t('more_views')} choose={choose} /></div>
      {find && (
        <TextInput type="search" size="sm" className={list.find} value={find.words.typed} maxLength={200} aria-label={find.label} placeholder={find.label}
          leftSection={<IconSearch size={15} />} onChange={(event) => find.words.type(event.currentTarget.value)} />
      )}
    </div>
  )
}
