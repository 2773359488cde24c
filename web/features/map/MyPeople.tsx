import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type Sigma from 'sigma'
import { paths } from '../../kernel/paths.ts'
import { useMe } from '../../kernel/session.tsx'
import type { PersonCard } from '../../kernel/types.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import classes from './Map.module.css'
import type { Region } from './queries.ts'
import { spiral } from './scene.ts'

const SIZE = 24
const MOST = 60

/**
 * The people of my own communities, drawn where I am once one is close. They stand by their names, and so in no order that
 * would tell who is in the middle.
 */
export function MyPeople({ sigma, region, people }: { sigma: Sigma; region: Region; people: PersonCard[] }) {
  const { t } = useTranslation('map')
  const me = useMe()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const follow = () => {
      const centre = sigma.graphToViewport(region)
      const reach = 0.8 * (sigma.graphToViewport({ x: region.x + region.r, y: region.y }).x - centre.x)
      const faces = [...(list.current?.children ?? [])] as HTMLElement[]
      faces.forEach((face, i) => {
        const [far, angle] = spiral(i, faces.length)
        face.style.transform = `translate(${centre.x + reach * far * Math.cos(angle) - SIZE / 2}px, ${centre.y + reach * far * Math.sin(angle) - SIZE / 2}px)`
      })
    }
    sigma.on('afterRender', follow)
    follow()
    return () => void sigma.off('afterRender', follow)
  }, [sigma, region, people])
  return (
    <ul ref={list} className={classes.faces} aria-label={t('my_people')}>
      {people.slice(0, MOST).map((person) => (
        <li key={person.id} data-me={person.id === me.id || undefined}>
          <Link to={paths.person(person.id)} title={person.name}><Avatar person={person} size={SIZE} /><span className="visually-hidden">{person.name}</span></Link>
        </li>
      ))}
    </ul>
  )
}
