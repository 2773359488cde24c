import { Button, SegmentedControl } from '@mantine/core'
import { IconCircles, IconDownload, IconMoon } from '@tabler/icons-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAdmin } from '../../core/people/policy.ts'
import { PeopleTabs } from '../../core/people/PeopleTabs.tsx'
import { api } from '../../kernel/api.ts'
import { useCommand } from '../../kernel/query.ts'
import { useSearchParam, useSetSearch } from '../../kernel/route.ts'
import { useMe } from '../../kernel/session.tsx'
import { ActionMenu } from '../../kernel/ui/ActionMenu.tsx'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { PageHeader } from '../../kernel/ui/PageHeader.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { Frames } from './Frames.tsx'
import classes from './Map.module.css'
import { MapPanel } from './MapPanel.tsx'
import { MapPicture, type PictureHandle } from './MapPicture.tsx'
import { MapTable } from './MapTable.tsx'
import { type Cut, type NetworkMap, useMap, useMyPeople, useParts } from './queries.ts'

const CUTS = ['community', 'department', 'site', 'topic']

/** The network as a picture: who belongs together, and what ties them; the same for everybody. */
export function MapPage() {
  const { t } = useTranslation('map')
  const asked = useSearchParam('by') ?? ''
  const by = (CUTS.includes(asked) ? asked : 'community') as Cut
  const [drawnBefore, setDrawnBefore] = useState<string | null>()
  const { data, error, refetch } = useMap(by, drawnBefore)
  return (
    <div className={classes.page}>
      <PageHeader title={t('title')} />
      <PeopleTabs />
      {!data && (error ? <div className={classes.column}><ErrorState error={error} retry={refetch} /></div> : <div className={classes.column}><RowSkeletons count={6} /></div>)}
      {data && data.regions.length === 0 && <NoMap map={data} isAwaited={data.drawn_at === drawnBefore} look={() => setDrawnBefore(data.drawn_at)} />}
      {data && data.regions.length > 0 && <Drawn key={data.by} map={data} />}
    </div>
  )
}

function NoMap({ map, isAwaited, look }: { map: NetworkMap; isAwaited: boolean; look: () => void }) {
  const { t } = useTranslation('map')
  const me = useMe()
  const draw = useCommand<void, unknown>({ run: () => api.post('/communities/find'), done: look, failed: t('failed') })
  const action = isAdmin(me) && <Button loading={draw.isPending || isAwaited} onClick={() => draw.mutate()}>{t('draw')}</Button>
  if (map.drawn_at) return <EmptyState Icon={IconCircles} title={t('few')} action={action}>{t('few_hint')}</EmptyState>
  return <EmptyState Icon={IconMoon} title={t('not_drawn')} action={action}>{t('not_drawn_hint')}</EmptyState>
}

function Drawn({ map }: { map: NetworkMap }) {
  const { t } = useTranslation('map')
  const setSearch = useSetSearch()
  const [isTable, setTable] = useState(useSearchParam('view') === 'table')
  const [noPicture, setNoPicture] = useState(false)
  const [frame, setFrame] = useState(map.months.length)
  const [chosen, setChosen] = useState<string | null>(null)
  const [opened, setOpened] = useState<string[]>([])
  const picture = useRef<PictureHandle>(null)
  const parts = useParts(opened)
  const people = useMyPeople()
  const scene = useMemo(() => {
    const inner = opened.flatMap((id) => parts.get(id) ?? [])
    return {
      regions: [...map.regions, ...inner.flatMap(({ regions }) => regions)], links: [...map.links, ...inner.flatMap(({ links }) => links)], alike: [...map.alike, ...inner.flatMap(({ alike }) => alike)],
      frame, opened: new Set(parts.keys()), mine: new Set(map.mine), chosen,
    }
  }, [map, opened, parts, frame, chosen])
  const hasParts = useMemo(() => new Set(scene.regions.filter((region) => region.parts > 0).map(({ id }) => id)), [scene.regions])
  const look = useCallback((seen: string[]) => {
    const next = seen.filter((id) => hasParts.has(id)).sort()
    setOpened((before) => (before.join() === next.join() ? before : next))
  }, [hasParts])
  const impossible = useCallback(() => setNoPicture(true), [])
  const shown = isTable || noPicture ? 'table' : 'picture'
  const saved = `${t('file')}-${map.by}`
  const file = (format: string) => () => window.open(`/api/v1/network/map/export?by=${map.by}&format=${format}`, '_self')
  return (
    <>
      <div className={classes.bar}>
        {map.cuts.length > 1 && (
          <SegmentedControl value={map.by} onChange={(value) => setSearch({ by: value === 'community' ? undefined : value }, true)} aria-label={t('by')}
            data={map.cuts.map((value) => ({ value, label: t(`cut.${value}`) }))} />
        )}
        <SegmentedControl value={shown} onChange={(value) => setTable(value === 'table')} aria-label={t('view')} disabled={noPicture}
          data={[{ value: 'picture', label: t('as_picture') }, { value: 'table', label: t('as_table') }]} />
        <ActionMenu label={t('save')} className={classes.save} entries={[
          shown === 'picture' && { label: t('save_as.png'), run: () => picture.current?.save(`${saved}.png`) },
          { label: t('save_as.gexf'), run: file('gexf') }, { label: t('save_as.graphml'), run: file('graphml') },
        ]}><IconDownload size={18} stroke={1.75} aria-hidden /><span>{t('save')}</span></ActionMenu>
      </div>
      {noPicture && <p className={classes.note}>{t('no_picture')}</p>}
      <div className={classes.body}>
        {shown === 'table' ? <MapTable map={map} frame={frame} />
          : <MapPicture scene={scene} people={people} choose={setChosen} look={look} impossible={impossible} handle={picture} />}
        <MapPanel map={map} regions={scene.regions} links={scene.links} alike={scene.alike} frame={frame} people={people} choose={setChosen}
          chosen={scene.regions.find(({ id }) => id === chosen)} lookAt={(region) => picture.current?.lookAt(region)} />
      </div>
      <Frames months={map.months} frame={frame} change={setFrame} />
    </>
  )
}
