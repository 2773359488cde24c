import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Map.module.css'
import { Strength } from './MapPanel.tsx'
import { type Link, type NetworkMap, type Region, useParts } from './queries.ts'
import { nameOf, tiedWith, withinOf } from './words.ts'

const SHOWN = 5

type Props = { map: NetworkMap; frame: number }

/** The same facts as the picture, to read. */
export function MapTable({ map, frame }: Props) {
  const { t } = useTranslation('map')
  const [opened, setOpened] = useState<string[]>([])
  const parts = useParts(opened)
  const toggle = (id: string) => setOpened((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]))
  const rows = (regions: Region[], links: Link[], depth: number): React.ReactNode => regions.map((region) => (
    <Row key={region.id} region={region} all={regions} links={links} frame={frame} depth={depth} isMine={map.mine.includes(region.id)}
      isOpen={opened.includes(region.id)} toggle={toggle} inner={opened.includes(region.id) && parts.has(region.id) ? rows(parts.get(region.id)!.regions, parts.get(region.id)!.links, depth + 1) : null} />
  ))
  return (
    <div className={classes.tableScroll} tabIndex={0} role="region" aria-label={t('table')}>
      <table className={classes.table}>
        <thead><tr><th scope="col">{t('column.group')}</th><th scope="col">{t('column.people')}</th><th scope="col">{t('column.within')}</th><th scope="col">{t('tied_with')}</th></tr></thead>
        <tbody>{rows(map.regions, map.links, 0)}</tbody>
      </table>
    </div>
  )
}

type RowProps = {
  region: Region; all: Region[]; links: Link[]; frame: number; depth: number; isMine: boolean; isOpen: boolean
  toggle: (id: string) => void; inner: React.ReactNode
}

function Row({ region, all, links, frame, depth, isMine, isOpen, toggle, inner }: RowProps) {
  const { t } = useTranslation('map')
  const tied = tiedWith(region.id, all, links, frame).slice(0, SHOWN)
  return (
    <>
      <tr data-mine={isMine || undefined}>
        <th scope="row" style={{ paddingInlineStart: 4 + depth * 18 }}>
          {region.parts > 0 ? <button type="button" className="text-button" aria-expanded={isOpen} onClick={() => toggle(region.id)}>{nameOf(t, region)}</button> : nameOf(t, region)}
          {isMine && <span className={classes.here}>{t('you_are_here')}</span>}
        </th>
        <td>{t('people_plus', { people: region.people })}</td>
        <td>{withinOf(t, region, frame)}</td>
        <td>
          <ul className={classes.cells}>
            {tied.map(({ region: other, strength, against }) => (
              <li key={other.id}><Strength step={strength} />{nameOf(t, other)}<span className="visually-hidden">: {t(`strength.${strength}`)}</span>
                {against !== 0 && <span className="quiet"> {t(against < 0 ? 'less_than_chance' : 'more_than_chance')}</span>}</li>
            ))}
          </ul>
        </td>
      </tr>
      {inner}
    </>
  )
}
