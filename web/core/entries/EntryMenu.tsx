import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconEyeOff, IconHistory, IconLink, IconMessageReply, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../kernel/session.tsx'
import type { Entry } from '../../kernel/types.ts'
import { useMayRemove } from './may-remove.ts'
import { copyLink, markUnread, remove } from './commands.ts'
import { dialogs } from './dialogs.ts'

type Props = { entry: Entry; open?: (id: string) => void; edit: () => void; onClosed: () => void }

/** What can be done with an entry. Opens as soon as it is mounted. */
export function EntryMenu({ entry, open, edit, onClosed }: Props) {
  const { t } = useTranslation('entries')
  const [isOpen, setIsOpen] = useState(true)
  const isMine = useSession().data?.id === entry.author
  const mayRemove = useMayRemove(entry)
  const icon = { size: 16, stroke: 1.75 }
  return (
    <Menu opened={isOpen} onChange={setIsOpen} onExitTransitionEnd={onClosed} position="bottom-end" width={220} withinPortal returnFocus>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('more')}><IconDots size={17} stroke={1.75} /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {open && <Menu.Item leftSection={<IconMessageReply {...icon} />} onClick={() => open(entry.root ?? entry.id)}>{t('reply')}</Menu.Item>}
        <Menu.Item leftSection={<IconLink {...icon} />} onClick={() => void copyLink(entry)}>{t('copy_link')}</Menu.Item>
        {isMine && <Menu.Item leftSection={<IconPencil {...icon} />} onClick={edit}>{t('edit')}</Menu.Item>}
        {entry.edited_at && <Menu.Item leftSection={<IconHistory {...icon} />} onClick={() => dialogs.set({ show: 'history', entry })}>{t('history')}</Menu.Item>}
        {!isMine && <Menu.Item leftSection={<IconEyeOff {...icon} />} onClick={() => void markUnread(entry)}>{t('mark_unread')}</Menu.Item>}
        <Menu.Item leftSection={<IconUsers {...icon} />} onClick={() => dialogs.set({ show: 'audience', entry })}>{t('who_sees')}</Menu.Item>
        {mayRemove && <Menu.Divider />}
        {mayRemove && <Menu.Item color="berry" leftSection={<IconTrash {...icon} />} onClick={() => void remove(entry)}>{t('delete')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}
