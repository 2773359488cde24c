import { IconArrowBackUp, IconRotate, IconWritingSign } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Correction } from '../../../server/features/corrections/schema.ts'
import { Difference, partsBetween } from '../../core/entries/Difference.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import classes from './Corrections.module.css'

export const ICONS = { correction: IconWritingSign, retraction: IconArrowBackUp, reinstatement: IconRotate }

/** One correction: what it was, by whom and when, and the difference. */
export function Step({ step: { what, by, at, wrong, right }, author }: { step: Correction; author?: string }) {
  const { t } = useTranslation('corrections')
  const Icon = ICONS[what]
  const name = by && by.id !== author ? by.name : null
  return (
    <>
      <p className={classes.head}>
        <Icon size={15} stroke={1.75} aria-hidden />
        <b>{name ? t(`by.${what}`, { name }) : t(`is.${what}`)}</b><span aria-hidden> · </span><TimeAgo at={at} />
      </p>
      {what === 'correction' && <p className={classes.words} dir="auto"><Parts wrong={wrong} right={right} /></p>}
      {what === 'retraction' && <p className={classes.words} dir="auto">{right}</p>}
    </>
  )
}

/** Word by word where the two are much the same, else one after the other. */
export function Parts({ wrong, right }: { wrong: string; right: string }) {
  const { t } = useTranslation('corrections')
  const parts = partsBetween(wrong, right, t('kernel:locale'))
  const kept = parts.reduce((sum, { added, removed, value }) => sum + (added || removed ? 0 : value.trim().length), 0)
  return <Difference parts={kept * 2 > right.length ? parts : [{ value: wrong, removed: true }, { value: ' ' }, { value: right, added: true }]} />
}
