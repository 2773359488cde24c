import { IconCalendarTime, IconChevronDown, IconClock, IconWorld } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Place, Written } from '../../core/entries/sending.ts'
import { usePerson } from '../../core/people/queries.ts'
import { useSpace } from '../../core/spaces/queries.ts'
import { momentAt, sayMoment, shownIn, usualMoments } from '../../kernel/moments.ts'
import { paths } from '../../kernel/paths.ts'
import { showDialog } from '../../kernel/show-dialog.ts'
import { isKnownZone, useTimeZone } from '../../kernel/time-zones.ts'
import { ActionMenu, type MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import { withTexts } from '../../kernel/with-texts.ts'
import { sendLater } from './commands.ts'
import classes from './Scheduled.module.css'

type Props = { to: Place; place: string; isReady: boolean; written: () => Written; sent: () => void }

/** Beside the send button: send it later, at a usual moment or at one's own, and what is scheduled already. */
export function SendLater({ to, place, isReady, written, sent }: Props) {
  const { t } = useTranslation('scheduled')
  const zone = useTimeZone()
  const theirs = useTheirMorning(to.space, zone)
  const at = (moment: Date) => void sendLater(to, place, written(), moment, sent)
  const line = (label: string, Icon: typeof IconClock, moment: Date): MenuEntry => ({ label, Icon, hint: <span className={classes.hint}>{sayMoment(t, moment, zone)}</span>, run: () => at(moment) })
  const ask = () => showDialog(() => withTexts('when', () => import('./ScheduleDialog.tsx')).then((file) => file.ScheduleDialog), { choose: at })
  return (
    <ActionMenu label={t('later')} side="above-start" className={classes.button} entries={() => [
      ...(isReady ? [
        ...usualMoments(zone).filter(({ name }) => name !== 'later_today').map(({ name, at: moment }) => line(t(`at_${name as 'tomorrow'}`), IconClock, moment)),
        theirs && line(t('for_them', { name: theirs.name }), IconWorld, theirs.at),
        { label: t('own'), Icon: IconCalendarTime, run: () => void ask() }, 'line' as const,
      ] : []),
      { label: t('title'), Icon: IconClock, to: paths.scheduled },
    ]}>
      <span className="visually-hidden">{t('later')}</span><IconChevronDown size={16} stroke={2} aria-hidden />
    </ActionMenu>
  )
}

/** In a conversation with one person, whose clock is another: their next nine o'clock in the morning. */
function useTheirMorning(spaceId: string, mine: string) {
  const { data: space } = useSpace(spaceId)
  const [other, more] = space?.kind === 'direct' ? space.people : []
  const { data: person } = usePerson(other && !more ? other.id : '')
  const zone = person?.time_zone
  if (!person || !zone || !isKnownZone(zone) || shownIn(zone, Date.now()) === shownIn(mine, Date.now())) return null
  const today = momentAt(zone, `${shownIn(zone, Date.now()).slice(0, 10)}T09:00`)
  const tomorrow = momentAt(zone, `${shownIn(zone, Date.now() + 86_400_000).slice(0, 10)}T09:00`)
  return { name: person.name, at: today.getTime() > Date.now() ? today : tomorrow }
}
