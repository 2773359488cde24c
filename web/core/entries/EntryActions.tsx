import { IconEyeOff, IconHistory, IconLink, IconMessageReply, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../kernel/session.tsx'
import type { Entry } from '../../kernel/types.ts'
import { ActionMenu } from '../../kernel/ui/ActionMenu.tsx'
import { copyLink, markUnread, remove } from './commands.ts'
import { dialogs } from './dialogs.ts'
import { entryExtensions } from './extensions.ts'
import { knownSpace, mayRemove } from './may-remove.ts'
import classes from './EntryItem.module.css'

type Props = { entry: Entry; root?: Entry; open?: (id: string) => void; edit: () => void }

/** The small buttons of an entry: there when one points at it, focuses into it, or touches. */
export function EntryActions({ entry, root, open, edit }: Props) {
  const { t } = useTranslation('entries')
  const me = useMe()
  const isMine = me.id === entry.author
  return (
    <div className={classes.actions}>
      {entryExtensions.actions.map((Action, at) => <Action key={at} entry={entry} root={root} />)}
      <ActionMenu label={t('more')} entries={() => [
        open && { label: t('reply'), Icon: IconMessageReply, run: () => open(entry.root ?? entry.id) },
        { label: t('copy_link'), Icon: IconLink, run: () => void copyLink(entry) },
        isMine && { label: t('edit'), Icon: IconPencil, run: edit },
        !!entry.edited_at && { label: t('history'), Icon: IconHistory, run: () => dialogs.set({ show: 'history', entry }) },
        !isMine && { label: t('mark_unread'), Icon: IconEyeOff, run: () => void markUnread(entry) },
        { label: t('who_sees'), Icon: IconUsers, run: () => dialogs.set({ show: 'audience', entry }) },
        ...entryExtensions.menu.flatMap((lines) => lines({ entry, root, me, space: knownSpace(entry.space) })),
        mayRemove(entry, me.id) && 'line',
        mayRemove(entry, me.id) && { label: t('delete'), Icon: IconTrash, danger: true, run: () => void remove(entry) },
      ]} />
    </div>
  )
}
