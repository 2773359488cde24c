import { IconArrowMerge } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { IdeaFacts } from '../../../server/features/ideas/schema.ts'
import type { LinkedEntry } from '../../core/entries/kinds.ts'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { useNow } from '../../kernel/ui/TimeAgo.tsx'
import { sayDuration, STAGE_ICON } from './say.ts'
import classes from './Ideas.module.css'

const HOUR = 3_600_000
const TONE = { new: 'plain', discussed: 'plain', trial: 'amber', adopted: 'moss', declined: 'plain' } as const

/** How far an idea is. */
export function StageChip({ idea: { stage, merged_into } }: { idea: Pick<IdeaFacts, 'stage' | 'merged_into'> }) {
  const { t } = useTranslation('idea-cards')
  if (merged_into) return <Chip tone="plain" Icon={IconArrowMerge}>{t('merged')}</Chip>
  return <Chip tone={TONE[stage]} Icon={STAGE_ICON[stage]}>{t(`stage.${stage}`)}</Chip>
}

/** How long it took until somebody else said something, or that nobody has. */
export function FirstAnswer({ created_at, idea }: { created_at: string; idea: IdeaFacts }) {
  const { t } = useTranslation('idea-cards')
  const now = useNow()
  if (idea.answered_at) return <span>{t('answered_after', { time: sayDuration(Date.parse(idea.answered_at) - Date.parse(created_at)) })}</span>
  const waits = now - Date.parse(created_at)
  return <span>{waits < HOUR ? t('unanswered_yet') : t('unanswered', { time: sayDuration(waits) })}</span>
}

/** Below a link to an idea: how far it is now. */
export function LinkedIdea({ entry: { idea } }: { entry: LinkedEntry }) {
  const { t } = useTranslation('idea-cards')
  return idea ? <span className={classes.linked}><StageChip idea={idea} /><span>{t('voices', { count: idea.support })}</span></span> : null
}
