import { useNavigate } from '@tanstack/react-router'
import { IconAlertTriangle, IconClock, IconPaperclip } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EntryList } from '../../core/entries/EntryList.tsx'
import list from '../../core/entries/EntryList.module.css'
import { excerpt } from '../../../server/kernel/text.ts'
import { sayMoment } from '../../kernel/moments.ts'
import { usePages } from '../../kernel/query.ts'
import { showDialog } from '../../kernel/show-dialog.ts'
import { useTimeZone } from '../../kernel/time-zones.ts'
import { ActionMenu } from '../../kernel/ui/ActionMenu.tsx'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { spaceName } from '../../kernel/ui/audience.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { PlainButton } from '../../kernel/ui/PlainButton.tsx'
import { withTexts } from '../../kernel/with-texts.ts'
import { moveTo, type Scheduled, sendNow, takeBack, whyNot, withdraw } from './commands.ts'
import { SCHEDULED } from './live.ts'
import classes from './Scheduled.module.css'

/** What I wrote to be sent later, the next first. */
export function ScheduledPage() {
  const { t } = useTranslation('scheduled')
  const { items, isLoading, error, refetch, ...paging } = usePages<Scheduled>(SCHEDULED, '/scheduled')
  return (
    <Page title={t('title')}>
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0}
        empty={<EmptyState Icon={IconClock} title={t('empty')}>{t('empty_hint')}</EmptyState>} end={<p className={list.end}>{t('only_you')}</p>}>
        <ul className={classes.list}>{items.map((one) => <Line key={one.id} one={one} />)}</ul>
      </EntryList>
    </Page>
  )
}

function Line({ one }: { one: Scheduled }) {
  const { t } = useTranslation('scheduled')
  const navigate = useNavigate()
  const zone = useTimeZone()
  const { refused, space_card: space, thread, title, body, files } = one
  const edit = async () => {
    const path = await takeBack(one)
    if (path) void navigate({ to: path })
  }
  const move = () => void showDialog(() => withTexts('when', () => import('./ScheduleDialog.tsx')).then((file) => file.ScheduleDialog), { choose: (at: Date) => void moveTo(one, at) })
  const when = sayMoment(t, one.send_at, zone)
  return (
    <li className={classes.line} aria-label={when}>
      <p className={classes.head}>
        <b><IconClock size={16} stroke={1.75} aria-hidden /> {when}</b>
        {thread && <span dir="auto">{t('reply_in', { words: thread.words })}</span>}
        {space && <span className={classes.space}><AudienceLabel audience={space.audience} name={spaceName(t, space)} says="name" /></span>}
      </p>
      {refused && <p className={classes.refused} role="note"><IconAlertTriangle size={16} stroke={1.75} aria-hidden /> {t('was_refused', { why: whyNot(refused) })}</p>}
      {title && <h2 className={classes.title} dir="auto">{title}</h2>}
      <p className={classes.body} dir="auto">{excerpt(body, 400)}</p>
      {files.length > 0 && <p className={classes.files}><IconPaperclip size={15} stroke={1.75} aria-hidden /> {files.map(({ name }) => name).join(', ')}</p>}
      <div className={classes.tools}>
        <PlainButton onClick={() => void edit()}>{t('edit')}</PlainButton>
        <button type="button" className="text-button" onClick={move}>{t('move')}</button>
        <ActionMenu label={t('more')} entries={[{ label: t('send_now'), run: () => void sendNow(one) }, { label: t('withdraw'), danger: true, run: () => void withdraw(one) }]} />
      </div>
    </li>
  )
}
