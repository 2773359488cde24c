import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileRecord } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import classes from './Lightbox.module.css'

/** Pictures one by one in full size, with what they show in words. */
export function Lightbox({ files, at, close }: { files: FileRecord[]; at: number; close: () => void }) {
  const { t } = useTranslation(['entries', 'kernel'])
  const [shown, setShown] = useState(at)
  const file = files[shown]
  const turn = (step: number) => setShown((shown + step + files.length) % files.length)
  const press = ({ key }: KeyboardEvent) => files.length > 1 && (key === 'ArrowRight' ? turn(1) : key === 'ArrowLeft' && turn(-1))
  return (
    <Dialog close={close} size="auto" title={file.name} onKeyDown={press}>
      <figure className={classes.figure}>
        <img src={file.url!} alt={file.alt} width={file.width ?? undefined} height={file.height ?? undefined} />
        {file.alt && <figcaption dir="auto">{file.alt}</figcaption>}
      </figure>
      <div className={classes.bar}>
        {files.length > 1 && <ActionIcon variant="default" size={36} aria-label={t('previous')} onClick={() => turn(-1)}><IconChevronLeft size={18} /></ActionIcon>}
        {files.length > 1 && <span aria-live="polite">{shown + 1} / {files.length}</span>}
        {files.length > 1 && <ActionIcon variant="default" size={36} aria-label={t('next')} onClick={() => turn(1)}><IconChevronRight size={18} /></ActionIcon>}
        <ActionIcon component="a" href={file.url!} download={file.name} variant="default" size={36} aria-label={t('download')}><IconDownload size={18} /></ActionIcon>
      </div>
    </Dialog>
  )
}
