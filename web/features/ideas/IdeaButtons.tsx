import { IconArrowBigUp, IconArrowBigUpFilled, IconArrowRight, IconHelpCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { canMove, canSupport, isOpen, nextStages } from '../../../server/features/ideas/policy.ts'
import { useSpace } from '../../core/spaces/queries.ts'
import { useMe } from '../../kernel/session.tsx'
import { showDialog } from '../../kernel/show-dialog.ts'
import type { Entry } from '../../kernel/types.ts'
import { useNow } from '../../kernel/ui/TimeAgo.tsx'
import { support } from './commands.ts'
import { useVoices } from './queries.ts'
import classes from './Ideas.module.css'

/** What one does about an idea: support it, take it a step on, say whether it worked. */
export function IdeaButtons({ entry }: { entry: Entry }) {
  const { t } = useTranslation('idea-cards')
  const me = useMe()
  const now = useNow()
  const { data: space } = useSpace(entry.space)
  const idea = entry.idea!
  const mayMove = !!space && !idea.merged_into && nextStages(idea.stage).some((stage) => canMove(me, entry, stage, space))
  const isAsked = !!space && space.state === 'active' && !!idea.ask_at && Date.parse(idea.ask_at) <= now && !idea.judged && (idea.supported || [idea.owner.id, entry.author].includes(me.id))
  return (
    <div className={classes.buttons}>
      <SupportButton entry={entry} />
      {idea.support > 0 && (
        <button type="button" className={`text-button ${classes.who}`} onClick={() => void showDialog(() => import('./SupportersDialog.tsx').then((file) => file.SupportersDialog), { id: entry.id, title: entry.title })}>{t('who_supports')}</button>
      )}
      {mayMove && <button type="button" className={classes.button} onClick={() => void showDialog(() => import('./StepDialog.tsx').then((file) => file.StepDialog), { entry, space })}><IconArrowRight size={16} stroke={1.75} aria-hidden />{t('step')}</button>}
      {isAsked && <button type="button" className={classes.button} data-main onClick={() => void showDialog(() => import('./VerdictDialog.tsx').then((file) => file.VerdictDialog), { id: entry.id, title: entry.title })}><IconHelpCircle size={16} stroke={1.75} aria-hidden />{t('did_it_work')}</button>}
    </div>
  )
}

/** How many support an idea, and whether I do; that it is public it says itself. */
export function SupportButton({ entry }: { entry: Entry }) {
  const { t } = useTranslation('idea-cards')
  const me = useMe()
  const { data: space } = useSpace(entry.space)
  const { support: count, supported } = entry.idea!
  const mayGive = !!space && canSupport(me, entry, space) && isOpen(entry)
  // The tab asks how many are left; elsewhere a card costs no request, and the server says when there are none.
  const { data: voices } = useVoices(entry.space, false)
  const isSpent = !supported && voices?.left === 0
  const Icon = supported ? IconArrowBigUpFilled : IconArrowBigUp
  const hint = !mayGive ? undefined : isSpent ? t('no_voices', { of: voices.of }) : supported ? t('support_back') : voices && t('support_hint', { count: voices.left })
  if (!mayGive) return <span className={classes.count} aria-label={t('voices', { count })}><Icon size={17} stroke={1.75} aria-hidden />{count}</span>
  return (
    <button type="button" className={classes.button} aria-pressed={!!supported} aria-disabled={isSpent || undefined} title={hint} aria-label={`${t(supported ? 'supported' : 'support')}, ${t('voices', { count })}`}
      onClick={() => void support(entry, !supported)}>
      <Icon size={17} stroke={1.75} aria-hidden /><span className={classes.word}>{t(supported ? 'supported' : 'support')}</span> <b>{count}</b>
    </button>
  )
}
