import { IconCheck, IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canConfirm } from '../../../server/features/facts/policy.ts'
import { useSpace } from '../../core/spaces/queries.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Answering } from './answering.ts'
import { answer, confirm, useDoing } from './commands.ts'
import classes from './Facts.module.css'

type Props = Omit<Answering, 'how'> & { isMine?: boolean; isOwn?: boolean; isOver?: boolean }

/** What one does about a fact: see it so, too; see it otherwise; say what is so by now. */
export function FactButtons({ fact, space: id, about, claim, isMine, isOwn, isOver }: Props) {
  const { t } = useTranslation('fact-cards')
  const me = useMe()
  const { data: space } = useSpace(id)
  const under = useDoing(fact)
  const [isDone, setDone] = useState(false)
  if (!space || !canConfirm({ state: 'published' }, space, me)) return null
  const isOn = under ? under.deed.body !== null : isMine ?? isDone
  const press = () => {
    setDone(!isOn)
    confirm(id, fact, !isOn)
  }
  const say = (how: Answering['how']) => answer({ how, fact, space: id, about, claim })
  return (
    <div className={classes.buttons}>
      <button type="button" className={classes.button} aria-pressed={isOn} title={isOwn ? t('still_hint') : t('confirm_hint')} onClick={press}>
        {isOn ? <IconCheck size={16} stroke={2} aria-hidden /> : <IconEye size={16} stroke={1.75} aria-hidden />}{t(isOn ? 'confirmed' : isOwn ? 'still' : 'confirm')}
      </button>
      {space.my.may_post && !isOver && !isOwn && <button type="button" className={classes.button} onClick={() => say('contradicts')}>{t('contradict')}</button>}
      {space.my.may_post && !isOver && <button type="button" className={classes.button} onClick={() => say('supersedes')}>{t('supersede')}</button>}
      {under?.state === 'waiting' && <span className={classes.waits} role="status">{t('waits')}</span>}
    </div>
  )
}
