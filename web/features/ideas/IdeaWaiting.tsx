import { IconBulb } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Answer, ANSWERS } from '../../../server/features/ideas/policy.ts'
import { WaitingLine } from '../../core/waiting/WaitingLine.tsx'
import { refetchWaiting, type WaitingItem } from '../../core/waiting/waiting.ts'
import { paths } from '../../kernel/paths.ts'
import { showDialog } from '../../kernel/show-dialog.ts'
import { answerOffer } from './commands.ts'

type Props = { item: WaitingItem }

/** Somebody asks me to carry an idea on. */
export function OfferedWaiting({ item }: Props) {
  const { t } = useTranslation('idea-cards')
  const title = String(item.facts.title)
  return (
    <WaitingLine item={item} Icon={IconBulb} title={t('offered_waiting', { title })} to={paths.entry(item.id)} failed={t('failed')} answers={[
      { label: t('take'), isMain: true, run: () => answerOffer(item.id, true) },
      { label: t('take_not'), run: () => answerOffer(item.id, false) },
    ]} />
  )
}

/** An idea that I proposed or supported was adopted months ago: did it work? */
export function WorkedWaiting({ item }: Props) {
  const { t } = useTranslation('idea-cards')
  const title = String(item.facts.title)
  const ask = async (worked: Answer) => {
    void showDialog(() => import('./VerdictDialog.tsx').then((file) => file.VerdictDialog), { id: item.id, title, worked })
    // It waits on until the answer is sent.
    refetchWaiting()
  }
  return (
    <WaitingLine item={item} Icon={IconBulb} title={t('worked_waiting', { title })} to={paths.entry(item.id)} failed={t('failed')}
      answers={ANSWERS.map((one) => ({ label: t(`worked.${one}`), run: () => ask(one) }))} />
  )
}
