import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import type { Entry, PersonCard } from '../../kernel/types.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { offer } from './commands.ts'
import classes from './Ideas.module.css'

/** Asks somebody who reads the space to carry an idea on. */
export function OfferDialog({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation('idea-cards')
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const { data } = useQuery({
    queryKey: ['carriers', entry.space, q], placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<{ items: PersonCard[] }>('/mention-suggestions', { space: entry.space, q }, signal),
  })
  const found = (data?.items ?? []).filter(({ id, kind }) => id !== entry.idea!.owner.id && kind === 'person')
  const choose = (person: PersonCard) => {
    void offer(entry.id, person.id)
    close()
  }
  return (
    <Dialog close={close} title={t('offer_title')}>
      <p className={classes.asked}>{t('offer_hint')}</p>
      <TextInput data-autofocus label={t('offer_find')} value={typed} maxLength={100} onChange={(event) => setTyped(event.currentTarget.value)} />
      <ul className={classes.found}>
        {found.map((person) => <li key={person.id}><button type="button" onClick={() => choose(person)}><span className={classes.person}><Avatar person={person} size={24} /><span dir="auto">{person.name}</span></span></button></li>)}
        {data && found.length === 0 && <li className={classes.hint}>{t('offer_none')}</li>}
      </ul>
    </Dialog>
  )
}
