import { IconMessages, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { pictureKeys } from '../../core/people/picture.ts'
import { api } from '../../kernel/api.ts'
import { notifyUndo } from '../../kernel/notify.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import classes from './Map.module.css'
import type { AlikeRegions, Region } from './queries.ts'
import { nameOf } from './words.ts'

type Props = { id: string; regions: Region[]; alike: AlikeRegions[]; choose: (region: string) => void; title: string }

/** Groups that talk about the same as this one, and hardly with it. Whoever does not want to hear of it again says so. */
export function CouldTalk({ id, regions, alike, choose, title }: Props) {
  const { t } = useTranslation('map')
  const pairs = alike.flatMap((pair) => {
    const other = pair.a === id ? pair.b : pair.b === id ? pair.a : null
    return regions.filter((region) => region.id === other).map((region) => ({ region, pair }))
  })
  const refresh = () => void queryClient.invalidateQueries({ queryKey: pictureKeys.all })
  const decline = useCommand<AlikeRegions, unknown>({
    run: ({ a, b }) => api.post('/network/map/decline', { a, b }),
    done: (_, pair) => {
      refresh()
      notifyUndo(t('declined'), () => void api.post('/network/map/undecline', { a: pair.a, b: pair.b }).then(refresh))
    },
    failed: t('decline_failed'),
  })
  if (!pairs.length) return null
  return (
    <>
      <h3>{title}</h3>
      <ul className={classes.tied}>
        {pairs.map(({ region, pair }) => (
          <li key={region.id} className={classes.declinable}>
            <button type="button" onClick={() => choose(region.id)}>
              <IconMessages size={18} stroke={1.75} aria-hidden />
              <span className={classes.tiedName}>{nameOf(t, region)}</span>
              <span className={classes.tiedWords}>{t('both_say', { words: pair.words.join(', ') })}</span>
            </button>
            <IconButton label={t('not_again')} onClick={() => decline.mutate(pair)}><IconX size={16} stroke={1.75} /></IconButton>
          </li>
        ))}
      </ul>
    </>
  )
}
