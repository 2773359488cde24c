import { IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { excerpt } from '../../../server/kernel/text.ts'
import { WaitingLine } from '../../core/waiting/WaitingLine.tsx'
import type { WaitingItem } from '../../core/waiting/waiting.ts'
import waiting from '../../core/waiting/Waiting.module.css'
import { paths } from '../../kernel/paths.ts'
import type { Entry } from '../../kernel/types.ts'
import { remind } from './commands.ts'
import { askWhen } from './menu.ts'

/** What I asked to be reminded of. Done is the reminder; what I saved stays in Saved until I am done with it there. */
export function ReminderWaiting({ item }: { item: WaitingItem }) {
  const { t } = useTranslation('saved')
  const { title, body } = item.facts as { title: string; body: string }
  const words = excerpt(body, 160)
  const later = async () => askWhen({ id: item.id } as Entry, item.at)
  return (
    <WaitingLine item={item} Icon={IconClock} title={t('reminder', { what: title || words || t('a_file') })} to={paths.entry(item.id)} failed={t('failed')} answers={[
      { label: t('done'), isMain: true, run: () => remind({ id: item.id }, null, null, true) },
      { label: t('again'), run: later },
    ]}>
      {title && words ? <p className={waiting.more} dir="auto">{words}</p> : null}
    </WaitingLine>
  )
}
