import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import type { PersonCard } from '../../kernel/types.ts'

/** "Ann, Bob and 3 others", the names being links. @param count of all, those that are not named among them */
export function Names({ people, count }: { people: PersonCard[]; count: number }) {
  const { t } = useTranslation('suggestions')
  const others = count - people.length
  const parts = [...people.map(({ name }) => name), ...(others > 0 ? [t('others', { count: others })] : [])]
  const list = new Intl.ListFormat(t('kernel:locale'), { type: 'conjunction' }).formatToParts(parts)
  let at = 0
  return list.map(({ type, value }, i) => {
    const person = type === 'element' ? people[at++] : undefined
    return <Fragment key={i}>{person ? <Link to={paths.person(person.id)} className="link">{value}</Link> : value}</Fragment>
  })
}
