import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './EmojiPicker.module.css'
import { EmojiPicker } from './EmojiPicker.tsx'

type Props = { label: string; children: ReactNode; close: () => void; pick: (emoji: string) => void }

/** The picker beside its button; mounted while it is open. */
export function EmojiPopover({ label, children, close, pick }: Props) {
  return (
    <Popover opened onChange={(opened) => opened || close()} position="bottom-end" withinPortal trapFocus returnFocus shadow="md" radius="md"
      middlewares={{ flip: true, shift: { padding: 8 } }}>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={0} className={classes.dropdown} aria-label={label}>
        <EmojiPicker pick={pick} />
      </Popover.Dropdown>
    </Popover>
  )
}
