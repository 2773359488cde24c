import { api } from '../api.ts'
import type { PersonCard } from '../types.ts'
import classes from './Avatar.module.css'

// Each at least 4.5 : 1 under white letters.
const COLOURS = ['#2f6f8f', '#a2562f', '#8a4a63', '#6b5b95', '#4f7a3a', '#936419', '#7a5c99', '#3c6e71', '#5a6b2f', '#9c4a4a']

type Props = { person: Pick<PersonCard, 'id' | 'name' | 'photo'>; size?: 20 | 24 | 36 | 96 }

function hash(text: string) {
  let sum = 0
  for (const character of text) sum = (sum * 31 + character.codePointAt(0)!) >>> 0
  return sum
}

/** First letters of the first and last word, "Ana Marija Kovač" → AK; one where two would be too wide or join: "田中 美咲" → 田. */
export function initials(name: string) {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  if (!/^\P{L}*[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name.trim())) words.length = Math.min(words.length, 1)
  const ends = words.length > 1 ? [words.at(0)!, words.at(-1)!] : words
  return ends.map((word) => Array.from(word.replace(/^[^\p{L}\p{N}]+/u, '') || word)[0]).join('').toUpperCase() || '?'
}

/** A face or, without one, initials on a calm colour that stays the same for a person. Decoration: the name stands beside it. */
export function Avatar({ person, size = 36 }: Props) {
  if (person.photo)
    return <img className={classes.avatar} data-size={size} alt="" src={api.url(`/files/${person.photo}/thumbnail`)} loading="lazy" />
  return (
    <span className={classes.avatar} data-size={size} aria-hidden style={{ background: COLOURS[hash(person.id) % COLOURS.length] }}>
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
