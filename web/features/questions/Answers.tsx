import { IconCircleCheck, IconCircleCheckFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { canSettle } from '../../../server/features/questions/policy.ts'
import { knownSpace } from '../../core/entries/may-remove.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Entry } from '../../kernel/types.ts'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { accept } from './commands.ts'

type Props = { entry: Entry; root?: Entry }

const isReply = ({ entry, root }: Props) => !!root?.question && entry.root === root.id && entry.kind === 'message'

/** On the reply that answered the question. */
export function AnswerMark({ entry, root }: Props) {
  const { t } = useTranslation('questions')
  return isReply({ entry, root }) && root!.question!.accepted === entry.id ? <Chip Icon={IconCircleCheck}>{t('answer')}</Chip> : null
}

/** For whoever asked, and hosts: this reply answers it, or not any more. */
export function AcceptButton({ entry, root }: Props) {
  const { t } = useTranslation('questions')
  const me = useMe()
  const space = knownSpace(entry.space)
  if (!isReply({ entry, root }) || !space || !canSettle(me, root!, space)) return null
  const isAccepted = root!.question!.accepted === entry.id
  const Icon = isAccepted ? IconCircleCheckFilled : IconCircleCheck
  return (
    <IconButton size={28} label={t(isAccepted ? 'unaccept' : 'accept')} onClick={() => void accept(root!, isAccepted ? null : entry.id)}>
      <Icon size={18} stroke={1.75} />
    </IconButton>
  )
}
