import { IconEye, IconEyeOff, IconHistory, IconLink, IconMessageReply, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react'
import { i18n } from '../../kernel/i18n.ts'
import type { Entry, Me } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import { answer } from './answer.ts'
import { copyLink, markThreadRead, markUnread, remove } from './commands.ts'
import { dialogs } from './dialogs.ts'
import { entryExtensions } from './extensions.ts'
import { knownSpace, mayRemove } from './may-remove.ts'

type At = { entry: Entry; root?: Entry; me: Me; open?: (id: string) => void; edit: () => void; unread: number }

/** The lines of an entry's menu, with those of all features. They come when a menu is first pointed at: no first view needs them. */
export async function entryLines({ entry, root, me, open, edit, unread }: At): Promise<MenuEntry[]> {
  const t = (key: string) => i18n.t(`entries:${key}`)
  const isMine = me.id === entry.author
  const more = await Promise.all(entryExtensions.menu.map(async (lines) => lines({ entry, root, me, space: knownSpace(entry.space) })))
  return [
    { label: t('reply'), Icon: IconMessageReply, run: () => answer(entry, open) },
    { label: t('copy_link'), Icon: IconLink, run: () => void copyLink(entry) },
    isMine && { label: t('edit'), Icon: IconPencil, run: edit },
    !!entry.edited_at && { label: t('history'), Icon: IconHistory, run: () => dialogs.set({ show: 'history', entry }) },
    unread > 0 && !entry.root && { label: t('mark_thread_read'), Icon: IconEye, run: () => void markThreadRead(entry.id, entry.active_id) },
    !isMine && { label: t('mark_unread'), Icon: IconEyeOff, run: () => void markUnread(entry) },
    { label: t('who_sees'), Icon: IconUsers, run: () => dialogs.set({ show: 'audience', entry }) },
    ...more.flat(),
    mayRemove(entry, me.id) && 'line',
    mayRemove(entry, me.id) && { label: t('delete'), Icon: IconTrash, danger: true, run: () => void remove(entry) },
  ]
}
