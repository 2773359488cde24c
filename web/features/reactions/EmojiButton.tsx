import { Suspense, useEffect, useRef, useState, type ComponentType } from 'react'
import { later } from '../../kernel/later.ts'
import { holdTyping } from '../../kernel/typing.ts'
import { hasKeys } from './keys.ts'
import { IconButton } from '../../kernel/ui/IconButton.tsx'

// The popover weighs as much as the picker: neither belongs to the first view.
const EmojiPopover = later(() => import('./EmojiPopover.tsx').then((file) => file.EmojiPopover), ['emoji'])

type Props = { label: string; Icon: ComponentType<{ size?: number; stroke?: number }>; pick: (emoji: string) => void }

/** A button that opens the emoji picker, fetched when first opened. */
export function EmojiButton({ label, Icon, pick }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const ref = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    // The popover takes the button along that had the focus before.
    if (wasOpen.current && !isOpen && document.activeElement === document.body) ref.current?.focus({ preventScroll: true })
    wasOpen.current = isOpen
  }, [isOpen])
  const button = (
    <IconButton ref={ref} size={28} label={label} aria-expanded={isOpen} data-held={isOpen || undefined} onClick={() => { if (!isOpen && hasKeys) holdTyping(); setIsOpen(!isOpen) }}>
      <Icon size={17} stroke={1.75} />
    </IconButton>
  )
  if (!isOpen) return button
  return (
    <Suspense fallback={button}>
      <EmojiPopover label={label} close={() => setIsOpen(false)} pick={(emoji) => { setIsOpen(false); pick(emoji) }}>{button}</EmojiPopover>
    </Suspense>
  )
}
