import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CardProps } from '../../core/entries/kinds.ts'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { useEntry } from './queries.ts'
import classes from './Decisions.module.css'

/** A reply that speaks for an option, or against it. */
export function ArgumentCard({ entry, children }: CardProps) {
  const { t } = useTranslation('deciding')
  const { data } = useEntry(entry.argument?.decision)
  if (!entry.argument) return children
  const { option, side } = entry.argument
  const text = data?.decision?.options.find(({ id }) => id === option)?.text
  return (
    <div className={classes.decision}>
      <p className={classes.state}><Chip tone={side === 'for' ? 'moss' : 'berry'} Icon={side === 'for' ? IconPlus : IconMinus}>{t(`side.${side}`)}</Chip>{text && <span dir="auto">{text}</span>}</p>
      {children}
    </div>
  )
}
