import { IconPencilPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { replying } from './replying.ts'
import classes from './WriteButton.module.css'

/** On a phone: the way to a composer that one has scrolled past. */
export function WriteButton({ place, label }: { place: string; label: string }) {
  const [isPast, setIsPast] = useState(false)
  const composer = () => document.querySelector(`[data-composer="${place}"]`)
  useEffect(() => {
    const observer = new IntersectionObserver(([{ isIntersecting }]) => setIsPast(!isIntersecting))
    const element = composer()
    if (element) observer.observe(element)
    return () => observer.disconnect()
  }, [place])
  if (!isPast) return null
  const write = () => {
    composer()?.scrollIntoView({ block: 'center' })
    replying.set(place)
  }
  return <button type="button" className={classes.button} aria-label={label} onClick={write}><IconPencilPlus size={22} stroke={1.75} /></button>
}
