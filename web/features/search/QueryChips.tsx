import { IconCalendar, IconHash, IconUser, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Meaning } from './queries.ts'
import { partsOf, replacePart, type QueryPart } from './query-parts.ts'
import classes from './Search.module.css'

type Props = { q: string; named: Meaning[]; change: (q: string) => void; begin: (modifier: string) => void }

const DATED = ['before', 'after', 'on']

/** What narrows the search, each to be taken away by itself; and what else could. */
export function QueryChips({ q, named, change, begin }: Props) {
  const { t } = useTranslation('search')
  const parts = partsOf(q).filter((part) => part.modifier && part.value)
  const has = (...modifiers: string[]) => parts.some(({ modifier }) => modifiers.includes(modifier!))
  const says = (part: QueryPart) => {
    const meant = named.find(({ by, name }) => by === part.modifier && name === part.value.trim())
    const name = meant?.people[0]?.name ?? meant?.spaces[0]?.name ?? part.value
    const words = meant && meant.count > 1 ? t('several', { name: part.value, count: meant.count }) : name
    return `${part.text.startsWith('-') ? `${t('not')} ` : ''}${t(`chip.${part.modifier as 'from'}`, { value: words })}`
  }
  return (
    <div className={classes.chips} role="group" aria-label={t('narrow')}>
      {parts.map((part) => (
        <button key={part.from} type="button" className={classes.chip} aria-label={t('take_away', { what: says(part) })} onClick={() => change(replacePart(q, part, ''))}>
          {says(part)}<IconX size={14} stroke={2} aria-hidden />
        </button>
      ))}
      {!has('from') && <Door Icon={IconUser} label={t('add.person')} open={() => begin('from:')} />}
      {!has('in') && <Door Icon={IconHash} label={t('add.space')} open={() => begin('in:')} />}
      {!has(...DATED) && <Door Icon={IconCalendar} label={t('add.day')} open={() => begin('after:')} />}
    </div>
  )
}

function Door({ Icon, label, open }: { Icon: typeof IconUser; label: string; open: () => void }) {
  return <button type="button" className={classes.door} onClick={open}><Icon size={15} stroke={1.75} aria-hidden />{label}</button>
}
