import { api } from '../api.ts'
import type { PersonCard } from '../types.ts'
import { avatarLook } from './avatar-look.ts'
import classes from './Avatar.module.css'

type Props = { person: Pick<PersonCard, 'id' | 'name' | 'photo'>; size?: 20 | 24 | 36 | 96 }

/** First letters of the first and last word, "Ana Marija Kovač" → AK; one where two would be too wide or join: "田中 美咲" → 田. */
export function initials(name: string) {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  if (!/^\P{L}*[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name.trim())) words.length = Math.min(words.length, 1)
  const ends = words.length > 1 ? [words.at(0)!, words.at(-1)!] : words
  return ends.map((word) => Array.from(word.replace(/^[^\p{L}\p{N}]+/u, '') || word)[0]).join('').toUpperCase() || '?'
}

/** A face or, without one, initials on a calm colour and pattern that stay the same for a person. Decoration: the name stands beside it. */
export function Avatar({ person, size = 36 }: Props) {
  if (person.photo)
    return <img className={classes.avatar} data-size={size} alt="" src={api.url(`/files/${person.photo}/thumbnail`)} loading="lazy" />
  const { colour, pattern } = avatarLook(person.id)
  return (
    <span className={classes.avatar} data-size={size} data-pattern={pattern || undefined} aria-hidden style={{ backgroundColor: colour }}>
      {initials(person.name)}
    </span>
  )
}

/** Up to three small faces, overlapping. */
export function Faces({ people }: { people: Props['person'][] }) {
  return (
    <span className={classes.faces}>
      {people.slice(0, 3).map((person) => <Avatar key={person.id} person={person} size={20} />)}
    </span>
  )
}

/** Who is in a conversation: up to three faces, or two and the number of the others where there is room to read it. */
export function Talkers({ people, size }: { people: Props['person'][]; size: 24 | 36 }) {
  if (people.length < 2) return people.map((person) => <Avatar key={person.id} person={person} size={size} />)
  const isMany = people.length > 3 && size === 36
  return (
    <span className={classes.talkers} data-size={size} data-count={Math.min(people.length, 3)} aria-hidden>
      {people.slice(0, isMany ? 2 : 3).map((person) => <Avatar key={person.id} person={person} size={20} />)}
      {isMany && <span className={classes.others}>+{people.length - 2}</span>}
    </span>
  )
}
