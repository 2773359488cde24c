import { ActionIcon, Popover } from '@mantine/core'
import { lazy, Suspense, useState, type ComponentType } from 'react'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'
import classes from './EmojiPicker.module.css'

const EmojiPicker = lazy(() => import('./EmojiPicker.tsx').then((file) => ({ default: file.EmojiPicker })))

type Props = { label: string; Icon: ComponentType<{ size?: number; stroke?: number }>; pick: (emoji: string) => void }

/** A button that opens the emoji picker, fetched when first opened. */
export function EmojiButton({ label, Icon, pick }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const button = (
    <ActionIcon variant="subtle" color="gray" size={28} aria-label={label} title={label} aria-expanded={isOpen} data-held={isOpen || undefined} onClick={() => setIsOpen(!isOpen)}>
      <Icon size={17} stroke={1.75} />
    </ActionIcon>
  )
  if (!isOpen) return button
  return (
    <Popover opened onChange={setIsOpen} position="bottom-end" withinPortal trapFocus returnFocus shadow="md" radius="md" middlewares={{ flip: true, shift: { padding: 8 } }}>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown p={0} className={classes.dropdown} aria-label={label}>
        <Suspense fallback={<div className={classes.waiting}><EntrySkeletons count={3} /></div>}>
          <EmojiPicker pick={(emoji) => { setIsOpen(false); pick(emoji) }} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
