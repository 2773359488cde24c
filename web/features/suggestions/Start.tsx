import { useTranslation } from 'react-i18next'
import { Section } from '../../kernel/ui/Section.tsx'
import { useSuggestions } from './queries.ts'
import { SuggestedPerson } from './SuggestedPerson.tsx'
import { SuggestedSpace } from './SuggestedSpace.tsx'
import classes from './Suggestions.module.css'

const SHOWN = 3

/** Three spaces and three people, each with its reason; nothing where there are none. */
export function Start() {
  const { t } = useTranslation('suggestions')
  const { data } = useSuggestions()
  if (!data || (!data.people.length && !data.spaces.length)) return null
  return (
    <>
      {data.spaces.length > 0 && <Section title={t('start_spaces')}><ul className={classes.list}>{data.spaces.slice(0, SHOWN).map((one) => <SuggestedSpace key={one.space.id} suggestion={one} near={data.near} />)}</ul></Section>}
      {data.people.length > 0 && <Section title={t('start_people')}><ul className={classes.list}>{data.people.slice(0, SHOWN).map((one) => <SuggestedPerson key={one.person.id} suggestion={one} near={data.near} />)}</ul></Section>}
    </>
  )
}
