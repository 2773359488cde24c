import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type State, STATES } from '../../../server/features/tasks/policy.ts'
import type { Entry } from '../../kernel/types.ts'
import { ActionMenu } from '../../kernel/ui/ActionMenu.tsx'
import { move } from './commands.ts'
import { STATE_ICON } from './say.ts'
import classes from './Tasks.module.css'

/** How far a task is, to be said anew by one press and a choice: the way that needs no dragging. */
export function StateMenu({ entry, moveTo = (state) => move(entry, state) }: { entry: Entry; moveTo?: (state: State) => void }) {
  const { t } = useTranslation('task-cards')
  const { state } = entry.task!
  const Icon = STATE_ICON[state]
  return (
    <ActionMenu label={t('move')} className={classes.button} side="below-start"
      entries={STATES.map((one) => ({ label: t(`state.${one}`), Icon: STATE_ICON[one], checked: one === state, run: () => moveTo(one) }))}>
      <Icon size={16} stroke={1.75} aria-hidden /><span className="visually-hidden">{t('move')}: </span>{t(`state.${state}`)}<IconChevronDown size={14} stroke={1.75} aria-hidden />
    </ActionMenu>
  )
}
