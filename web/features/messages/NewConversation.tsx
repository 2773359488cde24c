import { Button, MultiSelect } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { spaceKeys } from '../../core/spaces/queries.ts'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Page, PersonCard, Space } from '../../kernel/types.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import classes from './Messages.module.css'

/** Chooses with whom to talk. The same people are always the same conversation. */
export function NewConversation({ close }: { close: () => void }) {
  const { t } = useTranslation('messages')
  const me = useMe()
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<string[]>([])
  const [typed, setTyped] = useState('')
  const [isListed, setIsListed] = useState(false)
  const [known, setKnown] = useState(new Map<string, PersonCard>())
  const { data } = useQuery({
    queryKey: ['people', 'find', typed],
    queryFn: ({ signal }) => api.get<Page<PersonCard>>('/people', { q: typed, state: 'active', limit: 20 }, signal),
    placeholderData: (before) => before,
  })
  const people = new Map([...known, ...(data?.items ?? []).filter(({ id }) => id !== me.id).map((person) => [person.id, person] as const)])
  const open = useCommand({
    run: (ids: string[]) => api.post<Space>('/conversations', { people: ids }),
    done: (space) => {
      queryClient.setQueryData(spaceKeys.one(space.id), space)
      void queryClient.invalidateQueries({ queryKey: spaceKeys.conversations })
      close()
      void navigate({ to: paths.conversation(space.id) })
    },
    failed: t('new_failed'),
  })
  const choose = (ids: string[]) => {
    setKnown(new Map(ids.flatMap((id) => (people.has(id) ? [[id, people.get(id)!] as const] : []))))
    setChosen(ids)
    setTyped('')
    // An open list would cover the button that goes on.
    setIsListed(false)
  }
  return (
    <Dialog close={close} title={t('new_title')}>
      <MultiSelect data-autofocus label={t('with')} placeholder={chosen.length ? '' : t('with_hint')} data={[...people.values()].map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen} onChange={choose} searchable searchValue={typed} onSearchChange={setTyped} dropdownOpened={isListed} onDropdownOpen={() => setIsListed(true)} onDropdownClose={() => setIsListed(false)} hidePickedOptions nothingFoundMessage={t('nobody')} maxDropdownHeight={260}
        filter={({ options }) => options} comboboxProps={{ withinPortal: true }}
        renderOption={({ option }) => {
          const person = people.get(option.value)
          return <span className={classes.option}>{person && <Avatar person={person} size={24} />}<span>{option.label}<small>{person?.title}</small></span></span>
        }} />
      <p className={classes.sealed}><IconLock size={14} stroke={1.75} aria-hidden /> {t('sealed')}</p>
      <Button fullWidth disabled={chosen.length === 0} loading={open.isPending} onClick={() => open.mutate(chosen)}>{t('begin')}</Button>
    </Dialog>
  )
}
