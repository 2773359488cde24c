import { Progress } from '@mantine/core'
import { IconFile, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../kernel/ui/IconButton.tsx'
import type { Attachment, useAttachments } from './use-attachments.ts'
import classes from './Attachments.module.css'

/** The files that go with what is written, each with its way out; pictures ask what they show. */
export function Attachments({ attachments }: { attachments: ReturnType<typeof useAttachments> }) {
  if (attachments.all.length === 0) return null
  return (
    <ul className={classes.list}>
      {attachments.all.map((one) => (
        <Line key={one.key} one={one} remove={() => attachments.remove(one.key)} describe={(alt) => attachments.describe(one.key, alt)} />
      ))}
    </ul>
  )
}

function Line({ one, remove, describe }: { one: Attachment; remove: () => void; describe: (alt: string) => void }) {
  const { t } = useTranslation('entries')
  const { file, problem, name, share } = one
  return (
    <li className={classes.line}>
      {file?.thumbnail ? <img className={classes.thumbnail} src={file.thumbnail} alt="" /> : <span className={classes.thumbnail}><IconFile size={20} stroke={1.5} aria-hidden /></span>}
      <div className={classes.main}>
        <span className={classes.name}>{name}</span>
        {problem && <span className={classes.problem} role="alert">{problem}</span>}
        {!file && !problem && <Progress value={share * 100} size="sm" aria-label={t('uploading', { name })} />}
        {file?.thumbnail && (
          <input className={classes.alt} defaultValue={file.alt} maxLength={500} placeholder={t('alt_hint')} aria-label={t('alt', { name })} onBlur={(event) => describe(event.target.value.trim())} />
        )}
      </div>
      <IconButton size={28} label={t('remove_file', { name })} onClick={remove}><IconX size={16} stroke={1.75} /></IconButton>
    </li>
  )
}
