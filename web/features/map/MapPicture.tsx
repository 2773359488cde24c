import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonCard } from '../../kernel/types.ts'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { savePicture } from './picture.ts'
import classes from './Map.module.css'
import { MyPeople } from './MyPeople.tsx'
import { nextInDirection, placeNames, type Spot } from './place.ts'
import type { Region } from './queries.ts'
import type { Scene } from './scene.ts'
import { useSigma } from './useSigma.ts'
import { factsOf, nameOf } from './words.ts'

// From this part of the picture on one looks into a region; my people have names when they have room.
const LOOK_INTO = 0.55
const ROOM_FOR_NAMES = 90
// Where the buttons to zoom are.
const CORNER = { width: 60, height: 140 }

type Props = {
  scene: Omit<Scene, 'zoom' | 'isNamed'>
  people: PersonCard[]
  choose: (region: string | null) => void
  /** which regions are seen closely enough to show what they consist of */
  look: (regions: string[]) => void
  impossible: () => void
  handle: Ref<PictureHandle>
}
export type PictureHandle = { lookAt: (region: Region) => void; save: (name: string) => void }

/** The map as a picture that one moves and zooms. Its names are buttons: whoever sees no picture walks through them. */
export function MapPicture({ scene, people, choose, look, impossible, handle }: Props) {
  const { t } = useTranslation('map')
  const canvas = useRef<HTMLDivElement>(null)
  const names = useRef(new Map<string, HTMLButtonElement>())
  const [zoom, setZoom] = useState(1)
  const [isNamed, setNamed] = useState(false)
  const whole = useMemo<Scene>(() => ({ ...scene, zoom, isNamed: isNamed && people.length > 0 }), [scene, zoom, isNamed, people.length])
  const regions = useRef(scene.regions)
  regions.current = scene.regions
  const lookAt = (id: string) => {
    const region = regions.current.find((one) => one.id === id)
    if (region) picture.lookAt(region)
  }
  const picture = useSigma(canvas, whole, { choose, look: lookAt })
  const { sigma } = picture
  const home = innermostOf(scene)

  useEffect(() => {
    if (picture.isImpossible) impossible()
  }, [picture.isImpossible, impossible])
  useImperativeHandle(handle, () => ({
    lookAt: (region) => picture.lookAt(region),
    save: (name) => void (sigma && savePicture(sigma, [...names.current].filter(([, button]) => !('hidden' in button.dataset)).map(([, button]) => button), name)),
  }))
  useEffect(() => {
    if (!sigma) return
    const follow = () => {
      const spots = spotsOf(sigma, regions.current, names.current, scene.mine, scene.chosen)
      const { width, height } = sigma.getDimensions()
      for (const [id, place] of placeNames(spots, { left: width - CORNER.width, right: width, top: height - CORNER.height, bottom: height })) {
        const button = names.current.get(id)!
        button.style.transform = `translate(${place.x}px, ${place.y}px)`
        if (place.isShown) delete button.dataset.hidden
        else button.dataset.hidden = ''
      }
      const ratio = sigma.getCamera().ratio
      // In steps, so that not every movement draws everything anew.
      setZoom(1.25 ** Math.round(Math.log(1 / ratio) / Math.log(1.25)))
      look(spots.filter(({ r, x, y }) => r > (LOOK_INTO / 2) * Math.min(width, height) && isInView({ x, y, r }, width, height)).map(({ id }) => id))
      const mine = home && spots.find(({ id }) => id === home.id)
      setNamed(Boolean(mine && mine.r > ROOM_FOR_NAMES))
    }
    sigma.on('afterRender', follow)
    follow()
    return () => void sigma.off('afterRender', follow)
  }, [sigma, scene.mine, scene.chosen, look, home])

  const steer = (event: KeyboardEvent) => {
    if (event.key === '+' || event.key === '=') picture.zoomBy(1.5)
    else if (event.key === '-') picture.zoomBy(1 / 1.5)
    else if (event.key === '0') picture.showAll()
    else if (event.key === 'Escape' && scene.chosen) choose(null)
    else if (event.key.startsWith('Arrow') && sigma) {
      const points = spotsOf(sigma, regions.current, names.current, scene.mine, null)
      const own = points.find(({ id }) => names.current.get(id) === document.activeElement)
      const next = own ? nextInDirection(own, points, event.key) : points[0]?.id
      if (next) names.current.get(next)?.focus()
    } else return
    event.preventDefault()
  }
  return (
    <div className={classes.picture} role="group" aria-label={t('picture')} onKeyDown={steer}>
      <div ref={canvas} className={classes.canvas} aria-hidden />
      {scene.regions.map((region) => (
        <button key={region.id} type="button" className={classes.name} aria-pressed={scene.chosen === region.id}
          data-mine={scene.mine.has(region.id) || undefined} data-open={scene.opened.has(region.id) || undefined} data-within={region.parent ? '' : undefined}
          ref={(button) => {
            if (button) names.current.set(region.id, button)
            else names.current.delete(region.id)
          }}
          onClick={() => choose(scene.chosen === region.id ? null : region.id)} onDoubleClick={() => lookAt(region.id)}>
          <span>{nameOf(t, region)}</span>
          {scene.mine.has(region.id) && <span className={classes.here}>{t('you_are_here')}</span>}
          <span className="visually-hidden">. {factsOf(t, region, scene.frame)}</span>
        </button>
      ))}
      {sigma && home && whole.isNamed && <MyPeople sigma={sigma} region={home} people={people} />}
      <div className={classes.zoom}>
        <IconButton label={t('closer')} outlined size={36} onClick={() => picture.zoomBy(1.5)}><IconPlus size={18} /></IconButton>
        <IconButton label={t('farther')} outlined size={36} onClick={() => picture.zoomBy(1 / 1.5)}><IconMinus size={18} /></IconButton>
        <IconButton label={t('all')} outlined size={36} onClick={picture.showAll}><IconArrowsMaximize size={18} /></IconButton>
      </div>
    </div>
  )
}

/** The innermost region I am in of those that are drawn. */
const innermostOf = ({ regions, mine, opened }: Props['scene']): Region | undefined => regions.findLast(({ id }) => mine.has(id) && !opened.has(id))

const isInView = ({ x, y, r }: { x: number; y: number; r: number }, width: number, height: number) => x + r > 0 && y + r > 0 && x - r < width && y - r < height

function spotsOf(sigma: Parameters<typeof savePicture>[0], regions: Region[], names: Map<string, HTMLButtonElement>, mine: ReadonlySet<string>, chosen: string | null): Spot[] {
  return regions.flatMap(({ id, x, y, r }) => {
    const button = names.get(id)
    if (!button) return []
    const centre = sigma.graphToViewport({ x, y })
    const edge = sigma.graphToViewport({ x: x + r, y })
    return [{ id, x: centre.x, y: centre.y, r: edge.x - centre.x, width: button.offsetWidth, height: button.offsetHeight, isFirst: mine.has(id) || id === chosen }]
  })
}
