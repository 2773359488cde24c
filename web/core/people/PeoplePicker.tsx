import { MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Page, PersonCard } from '../../kernel/types.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import classes from './PeoplePicker.module.css'

type Props = {
  label: string
  value: string[]
  onChange: (ids: string[]) => void
  description?: string
  /** who is not offered, besides oneself */
  without?: Set<string>
  isFirst?: boolean
  /** only who reads this space */
  space?: string
  /** oneself is offered, too */
  withMe?: boolean
  /** those chosen already, by their names */
  chosen?: PersonCard[]
  /** goes on with those chosen: Enter where nothing is typed, or with Ctrl */
  goOn?: () => void
}

/** One field for any number of people: names are typed, Enter takes the first that fits. */
export function PeoplePicker({ label, value, onChange, description, without, space, withMe, chosen = [], isFirst, goOn }: Props) {
  const { t } = useTranslation('people')
  const me = useMe()
  const [typed, setTyped] = useState('')
  const [isListed, setIsListed] = useState(false)
  const [known, setKnown] = useState(() => new Map(chosen.map((person) => [person.id, person])))
  const [entered, setEntered] = useState('')
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['people', 'find', typed, space],
    queryFn: ({ signal }) => (space ? api.get<{ items: PersonCard[] }>('/mention-suggestions', { space, q: typed.slice(0, 60) }, signal)
      : api.get<Page<PersonCard>>('/people', { q: typed, state: 'active', limit: 20 }, signal)),
    placeholderData: (before) => before,
  })
  const own = withMe && me.name.toLowerCase().includes(typed.toLowerCase()) ? [me] : []
  const found = [...own, ...(data?.items ?? []).filter(({ id }) => id !== me.id)].filter(({ id, kind }) => kind === 'person' && !without?.has(id))
  const people = new Map([...known, ...found.map((person) => [person.id, person] as const)])
  const choose = (ids: string[]) => {
    setKnown(new Map(ids.flatMap((id) => (people.has(id) ? [[id, people.get(id)!] as const] : []))))
    onChange(ids)
    setTyped('')
    // An open list would cover the button that goes on.
    setIsListed(false)
  }
  // The list marks nothing by itself; whoever types a name and Enter means the first one.
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const isForced = event.ctrlKey || event.metaKey
    if (event.key !== 'Enter' || (!isForced && event.currentTarget.getAttribute('aria-activedescendant'))) return
    const goesOn = isForced || !typed.trim()
    if (goesOn && (!goOn || !value.length)) return
    event.preventDefault()
    if (!goesOn) return setEntered(typed)
    event.stopPropagation()
    goOn!()
  }
  // The names may come a moment after Enter.
  useEffect(() => {
    if (!entered || entered !== typed || isPlaceholderData) return
    const first = found.find(({ id }) => !value.includes(id))
    setEntered('')
    if (first) choose([...value, first.id])
  }, [entered, typed, isPlaceholderData, data])
  return (
    <MultiSelect data-autofocus={isFirst || undefined} autoFocus={isFirst} label={label} description={description} placeholder={value.length ? '' : t('picker_hint')} value={value} onChange={choose} onKeyDownCapture={press}
      data={[...people.values()].map(({ id, name }) => ({ value: id, label: name }))} searchable searchValue={typed} onSearchChange={setTyped}
      dropdownOpened={isListed} onDropdownOpen={() => setIsListed(true)} onDropdownClose={() => setIsListed(false)} hidePickedOptions
      nothingFoundMessage={t('picker_nobody')} maxDropdownHeight={260} filter={({ options }) => options} comboboxProps={{ withinPortal: true }}
      renderOption={({ option }) => {
        const person = people.get(option.value)
        return <span className={classes.option}>{person && <Avatar person={person} size={24} />}<span>{option.label}<small>{person?.title}</small></span></span>
      }} />
  )
}
