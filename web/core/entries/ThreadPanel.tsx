import { IconArrowLeft, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useQueryClient } from '@tanstack/react-query'
import { focused } from '../../kernel/typing.ts'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import type { Thread } from './entry-lists.ts'
import { entryKeys } from './keys.ts'
import { SpaceOfThread } from './SpaceOfThread.tsx'
import { ThreadTools } from './ThreadTools.tsx'
import { ThreadView } from './ThreadView.tsx'
import { replying } from './replying.ts'
import classes from './Thread.module.css'

/** The thread beside what one was reading. */
export function ThreadPanel({ id, close, isAlone }: { id: string; close: () => void; isAlone: boolean }) {
  const { t } = useTranslation(['entries', 'kernel'])
  const Heading = isAlone ? 'h1' : 'h2'
  const heading = useRef<HTMLHeadingElement>(null)
  const opener = useRef(focused())
  const client = useQueryClient()
  useEffect(() => {
    const from = opener.current
    if (replying.get() === null) heading.current?.focus({ preventScroll: true })
    return () => {
      if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true })
      // What was taken away from the thread meanwhile is asked again next time.
      if (!client.getQueryData<Thread>(entryKeys.thread(id))) client.removeQueries({ queryKey: entryKeys.thread(id) })
    }
  }, [])
  return (
    <>
      <header className={classes.bar}>
        <IconButton className={classes.back} size={40} label={t('kernel:back')} onClick={close}><IconArrowLeft size={20} stroke={1.75} /></IconButton>
        <Heading ref={heading} tabIndex={-1}>{t('kernel:thread')}</Heading>
        <SpaceOfThread id={id} />
        <ThreadTools id={id} />
        <IconButton className={classes.close} size={32} label={t('close_thread')} onClick={close}><IconX size={18} stroke={1.75} /></IconButton>
      </header>
      <ThreadView id={id} level={isAlone ? 2 : 3} />
    </>
  )
}
