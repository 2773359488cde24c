import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { BegunKind } from '../kinds.ts'
import classes from './KindChooser.module.css'

type Props = { kinds: BegunKind[]; kind: string | null; choose: (kind: string | null) => void }

/** What is being written: what is usual here, or one of the kinds that features add. Arrows move through them. */
export function KindChooser({ kinds, kind, choose }: Props) {
  const { t } = useTranslation('entries')
  const name = useId()
  const choice = (value: string | null, label: string) => (
    <label key={value} className={classes.choice}>
      <input type="radio" name={name} checked={kind === value} onChange={() => choose(value)} />{label}
    </label>
  )
  return (
    <div role="radiogroup" aria-label={t('kind')} className={classes.kinds}>
      {choice(null, t('kind_update'))}
      {kinds.map((one) => choice(one.name, t(one.composer.label)))}
    </div>
  )
}
