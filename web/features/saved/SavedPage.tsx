import { IconBookmark, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEntryKeys } from '../../core/entries/entry-keys.ts'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { EntryList } from '../../core/entries/EntryList.tsx'
import list from '../../core/entries/EntryList.module.css'
import { sayMoment } from '../../kernel/moments.ts'
import { usePages } from '../../kernel/query.ts'
import { useThread } from '../../kernel/route.ts'
import { useTimeZone } from '../../kernel/time-zones.ts'
import type { Entry, SpaceCard } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { PlainButton } from '../../kernel/ui/PlainButton.tsx'
import { keep } from './commands.ts'
import { askWhen } from './menu.ts'
import classes from './Saved.module.css'

type SavedEntry = Entry & { space_card: SpaceCard; saved_at: string; remind_at: string | null }

/** What I keep for later, the newest first; each is done with one press. */
export function SavedPage() {
  const { t } = useTranslation('saved')
  const { open } = useThread()
  const { items, isLoading, error, refetch, ...paging } = usePages<SavedEntry>(['saved'], '/saved')
  useEntryKeys()
  return (
    <Page title={t('kernel:nav.saved')}>
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0}
        empty={<EmptyState Icon={IconBookmark} title={t('empty')}>{t('empty_hint')}</EmptyState>} end={<p className={list.end}>{t('end')}</p>}>
        <div className={list.ruled}>
          {items.map((item) => (
            <div key={item.id}>
              <EntryItem entry={item} space={item.space_card} open={() => open(item.id)} />
              <Tools item={item} />
            </div>
          ))}
        </div>
      </EntryList>
    </Page>
  )
}

function Tools({ item }: { item: SavedEntry }) {
  const { t } = useTranslation('saved')
  const zone = useTimeZone()
  const when = item.remind_at && sayMoment(t, item.remind_at, zone)
  return (
    <div className={classes.tools}>
      <PlainButton onClick={() => void keep(item, false)}>{t('done')}</PlainButton>
      <button type="button" className={`text-button ${classes.when}`} onClick={() => askWhen(item, item.remind_at)}>
        <IconClock size={16} stroke={1.75} aria-hidden />{when ? t(Date.parse(item.remind_at!) > Date.now() ? 'reminds_at' : 'reminded_at', { when }) : t('remind')}
      </button>
    </div>
  )
}
