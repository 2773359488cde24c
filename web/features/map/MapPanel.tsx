import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import type { PersonCard } from '../../kernel/types.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import classes from './Map.module.css'
import { peoplePerDot } from './scene.ts'
import { CouldTalk } from './CouldTalk.tsx'
import { NetworkFigures } from './NetworkFigures.tsx'
import type { AlikeRegions, Link as Tie, NetworkMap, Region } from './queries.ts'
import { nameOf, type Tied, tiedWith, withinOf } from './words.ts'

const SHOWN = 8
const FACES = 24

type Props = {
  map: NetworkMap
  regions: Region[]
  links: Tie[]
  alike: AlikeRegions[]
  frame: number
  chosen: Region | undefined
  people: PersonCard[]
  choose: (region: string | null) => void
  lookAt: (region: Region) => void
}

/** What is known of the region that is chosen; else what the map shows, and where I am. */
export function MapPanel({ map, regions, links, alike, frame, chosen, people, choose, lookAt }: Props) {
  const { t } = useTranslation('map')
  if (!chosen) return <aside className={classes.panel} aria-label={t('about')}><Legend map={map} regions={regions} alike={alike} choose={choose} find={(region) => { choose(region.id); lookAt(region) }} /></aside>
  const tied = tiedWith(chosen.id, regions, links, frame)
  const isMine = map.mine.includes(chosen.id)
  return (
    <aside className={classes.panel} aria-label={t('about')}>
      <div className={classes.panelHead}>
        <h2>{nameOf(t, chosen)}</h2>
        <IconButton label={t('kernel:close')} onClick={() => choose(null)}><IconX size={18} /></IconButton>
      </div>
      {isMine && <p className={classes.hereLine}>{t('here_only_you')}</p>}
      <p>{t('at_least', { count: chosen.people })} {withinOf(t, chosen, frame)}</p>
      {chosen.space && chosen.words.length > 0 && <p className="quiet">{t('they_say', { words: chosen.words.join(', ') })}</p>}
      {chosen.space && <p><Link to={paths.space(chosen.space.id)} className="link">{t('to_space', { name: chosen.space.name })}</Link></p>}
      {chosen.parts > 0 && <Button variant="default" onClick={() => lookAt(chosen)}>{t('look_inside', { count: chosen.parts })}</Button>}
      <h3>{t('tied_with')}</h3>
      {tied.length ? <TiedList tied={tied.slice(0, SHOWN)} choose={choose} /> : <p className="quiet">{t('tied_with_none')}</p>}
      <CouldTalk id={chosen.id} regions={regions} alike={alike} choose={choose} title={t('could_talk')} />
      {isMine && people.length > 1 && <Faces people={people} />}
    </aside>
  )
}

function TiedList({ tied, choose }: { tied: Tied[]; choose: (region: string) => void }) {
  const { t } = useTranslation('map')
  return (
    <ul className={classes.tied}>
      {tied.map(({ region, strength, against }) => (
        <li key={region.id}>
          <button type="button" onClick={() => choose(region.id)}>
            <Strength step={strength} />
            <span className={classes.tiedName}>{nameOf(t, region)}</span>
            <span className={classes.tiedWords}>{t(`strength.${strength}`)}{against !== 0 && `, ${t(against < 0 ? 'less_than_chance' : 'more_than_chance')}`}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

export function Strength({ step }: { step: number }) {
  return <span className={classes.strength} aria-hidden>{[1, 2, 3, 4].map((at) => <i key={at} data-on={at <= step || undefined} />)}</span>
}

function Faces({ people }: { people: PersonCard[] }) {
  const { t } = useTranslation('map')
  return (
    <>
      <h3>{t('my_people')}</h3>
      <p className="quiet">{t('my_people_hint')}</p>
      <ul className={classes.people}>
        {people.slice(0, FACES).map((person) => (
          <li key={person.id}><Link to={paths.person(person.id)}><Avatar person={person} size={24} />{person.name}</Link></li>
        ))}
      </ul>
      {people.length > FACES && <p><Link to={paths.communities} className="link">{t('all_of_them')}</Link></p>}
    </>
  )
}

function Legend({ map, regions, alike, choose, find }: Pick<Props, 'map' | 'regions' | 'alike' | 'choose'> & { find: (region: Region) => void }) {
  const { t } = useTranslation('map')
  // Of those one looks at closest.
  const besides = regions.filter(({ parent }) => parent === regions.at(-1)?.parent)
  const mine = regions.findLast(({ id }) => map.mine.includes(id))
  return (
    <>
      <h2>{t('about')}</h2>
      <p>{t(`about_by.${map.by}`)}</p>
      <ul className={classes.legend}>
        <li><i className={classes.legendDot} aria-hidden />{t('legend.dot', { count: peoplePerDot(besides) })}</li>
        <li><i className={classes.legendDisc} aria-hidden />{t('legend.disc')}</li>
        <li><i className={classes.legendLine} aria-hidden />{t('legend.line')}</li>
        <li><i className={classes.legendMine} aria-hidden />{t('legend.mine')}</li>
      </ul>
      {mine ? <p><button type="button" className="text-button" onClick={() => find(mine)}>{t('where_am_i')}</button></p> : <AtTheEdge inNetwork={map.in_network} />}
      {mine && <CouldTalk id={mine.id} regions={regions} alike={alike} choose={choose} title={t('could_talk_yours')} />}
      {map.standing && <p>{t(`standing.${map.standing}`)} <span className="quiet">{t('only_you')}</span></p>}
      <NetworkFigures map={map} />
      <details className={classes.small}>
        <summary>{t('who_sees')}</summary>
        {(['all', 'names', 'eight', 'weekly', 'leave'] as const).map((part) => <p key={part}>{t(`who_sees_text.${part}`)}</p>)}
        <p><Link to={paths.settings('network')} className="link">{t('choices')}</Link></p>
      </details>
    </>
  )
}

/** Whoever is on no map yet is told so kindly, alone, and how to find people. */
function AtTheEdge({ inNetwork }: { inNetwork: boolean }) {
  const { t } = useTranslation('map')
  if (!inNetwork) return <div className={classes.edge}><strong>{t('has_left')}</strong><p>{t('has_left_hint')} <Link to={paths.settings('network')} className="link">{t('choices')}</Link></p></div>
  return (
    <div className={classes.edge}>
      <strong>{t('edge')}</strong>
      <p>{t('edge_hint')}</p>
      <p><Link to={paths.meet} className="link">{t('to_meet')}</Link> <Link to={paths.spaces} className="link">{t('to_spaces')}</Link></p>
    </div>
  )
}
